/** What a workflow names and isn't there, such as model files of another computer. */
import { mapValues, type WorkflowDocument } from "./document";
import { isObject, type JsonObject } from "./json";
import { nearNames } from "./names";
import { type Catalogue, inputSchema, type InputSchema } from "./schema";
import { schemaOf } from "./subgraphs/bodies";
import { readSubgraph, scopeAt, writeSubgraph } from "./subgraphs/nesting";
import { withSubgraphs } from "./subgraphs/schema";

type Scope = ReadonlyMap<string, WorkflowDocument>;

export interface Missing {
  readonly name: string;
  /** What offers the names that there are. */
  readonly choices: string;
  readonly options: readonly string[];
  readonly near: readonly string[];
  /** Where to put such a file. */
  readonly hint: string | null;
  /** How many inputs name it. */
  readonly uses: number;
}

/** Each name that is missing, once, in the order in which the workflow and its subgraphs name them. */
export function missingNames(whole: WorkflowDocument, catalogue: Catalogue): Missing[] {
  const found = new Map<string, Missing>();
  const look = (graph: WorkflowDocument, around: Scope) => {
    const scope = new Map([...around, ...scopeAt(graph, [])]);
    for (const { name, schema } of named(graph, withSubgraphs(catalogue, scope))) {
      const options = schema.options ?? [];
      if (options.includes(name)) continue;
      const key = `${schema.choices}\n${name}`;
      const known = found.get(key);
      found.set(key, {
        name,
        choices: schema.choices as string,
        options,
        near: known?.near ?? nearNames(options, name),
        hint: schema.hint ?? null,
        uses: (known?.uses ?? 0) + 1,
      });
    }
    for (const inner of Object.values(graph.subgraphs)) if (isObject(inner)) look(readSubgraph(inner), scope);
  };
  look(whole, new Map());
  return [...found.values()];
}

/** The workflow with another name wherever it, or a subgraph, gives this one. */
export function replaceName(
  whole: WorkflowDocument,
  catalogue: Catalogue,
  choices: string,
  old: string,
  name: string,
  around: Scope = new Map(),
): WorkflowDocument {
  const scope = new Map([...around, ...scopeAt(whole, [])]);
  const inputs = new Map<string, JsonObject>();
  for (const use of named(whole, withSubgraphs(catalogue, scope))) {
    if (use.schema.choices !== choices || use.name !== old) continue;
    inputs.set(use.node, { ...(inputs.get(use.node) ?? whole.nodes[use.node]?.inputs), [use.input]: name });
  }
  const subgraphs = mapValues(whole.subgraphs, (json) => {
    if (!isObject(json)) return json;
    const before = readSubgraph(json);
    const after = replaceName(before, catalogue, choices, old, name, scope);
    return after === before ? json : writeSubgraph(after);
  });
  const same = inputs.size === 0 && Object.entries(subgraphs).every(([key, json]) => json === whole.subgraphs[key]);
  if (same) return whole;
  const nodes = mapValues(whole.nodes, (node, key) => (inputs.has(key) ? { ...node, inputs: inputs.get(key) as JsonObject } : node));
  return { ...whole, nodes, subgraphs };
}

interface Named {
  readonly node: string;
  readonly input: string;
  readonly name: string;
  readonly schema: InputSchema;
}

/** The inputs of a graph that name one of what is offered. */
function* named(graph: WorkflowDocument, catalogue: Catalogue): Generator<Named> {
  for (const [node, content] of Object.entries(graph.nodes)) {
    const found = schemaOf(catalogue, content);
    if (!found) continue;
    for (const [input, name] of Object.entries(content.inputs)) {
      const schema = inputSchema(found, input);
      if (typeof name === "string" && name !== "" && schema?.options && schema.choices) yield { node, input, name, schema };
    }
  }
}
