/** What comes out of the nodes of a graph, as far as its links tell. */
import { linkOf, type WorkflowDocument } from "../document";
import { inputSchema, type NodeSchema, type OutputSchema } from "../schema";
import { itemsOf, layersBetween, listOf, splitTypes, stripList, substitute } from "../types";
import { schemaOf, type Types } from "./bodies";

/** Tells the type of an output: lists where the node is mapped over some, and what a type variable stands for. */
export type OutputAt = (node: string, output: string) => OutputSchema | null;

/** Output types in one graph; each is worked out when asked for, and once. */
export function outputsIn(document: WorkflowDocument, types: Types): OutputAt {
  const known = new Map<string, readonly OutputSchema[]>();

  const ofNode = (name: string): readonly OutputSchema[] => {
    const before = known.get(name);
    if (before) return before;
    const node = document.nodes[name];
    const schema = schemaOf(types, node);
    known.set(name, schema?.outputs ?? []); // for a circle, which ends here
    if (!node || !schema) return [];
    const bound: Record<string, readonly string[]> = {};
    let layers = 0;
    for (const [key, value] of Object.entries(node.inputs)) {
      const input = inputSchema(schema, key);
      const link = linkOf(value);
      const source = link && at(link.node, link.output);
      if (!input || !source) continue;
      const wanted = substitute(input.types, schema.variables);
      layers = Math.max(layers, layersBetween(source.types, input.nullable ? [...wanted, "None"] : wanted, source.supertypes) ?? 0);
      bind(input.types, source.types, bound);
    }
    const found = schema.outputs.map((output) => typed(output, schema, bound, layers));
    known.set(name, found);
    return found;
  };

  const at: OutputAt = (node, output) => {
    if (node !== "inputs") return ofNode(node).find(({ name }) => name === output) ?? null;
    const declared = document.inputs?.[output];
    if (declared === undefined) return null;
    return outputOf(output, splitTypes(typeof declared === "string" ? declared : (declared.type ?? "Any")));
  };
  return at;
}

export function outputOf(name: string, types: readonly string[]): OutputSchema {
  const known = types.length > 0 ? types : ["Any"];
  return { name, types: known, type: known.join(" | "), supertypes: {}, tooltip: "" };
}

function typed(output: OutputSchema, schema: NodeSchema, bound: Readonly<Record<string, readonly string[]>>, layers: number): OutputSchema {
  let types = substitute(output.types, { ...schema.variables, ...bound });
  if (types.includes("Any")) types = ["Any"];
  for (let layer = 0; layer < layers; layer++) types = [listOf(types)];
  return { ...output, types, type: types.join(" | ") };
}

/** What the variables of an input stand for when this comes in. */
function bind(wanted: readonly string[], given: readonly string[], bound: Record<string, readonly string[]>): void {
  for (const name of wanted) {
    const items = itemsOf(name);
    if (name.startsWith("~")) {
      const variable = name.slice(1);
      const all = new Set([...(bound[variable] ?? []), ...given]);
      bound[variable] = all.has("Any") ? ["Any"] : [...all];
    } else if (items !== null) {
      const inner = stripList(given);
      if (inner !== null) bind(items, inner, bound);
    }
  }
}
