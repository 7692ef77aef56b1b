/** Nodes that run subgraphs as their bodies, such as `map`: they take and give what those do. */
import type { DocumentNode } from "../document";
import { isObject } from "../json";
import type { InputSchema, NodeSchema, OutputSchema } from "../schema";
import { listOf } from "../types";

/** Finds node types by their names: a catalogue, or something like it. */
export interface Types {
  get(type: string): NodeSchema | undefined;
}

interface Body {
  readonly schema: NodeSchema;
  /** What the node itself gives it. */
  readonly gets: ReadonlySet<string>;
}

/** What these give their bodies tells a loop, which carries outputs over to the next turn. */
const LOOP_INPUTS = ["turn", "index"];

const known = new WeakMap<Types, WeakMap<DocumentNode, NodeSchema>>();

/** The schema of a node; of one that runs subgraphs, with the inputs and outputs that it has because of them. */
export function schemaOf(types: Types, node: DocumentNode | undefined): NodeSchema | undefined {
  const schema = node && types.get(node.type);
  if (!node || !schema?.inputs.some(namesBody)) return schema;
  const ofTypes = known.get(types) ?? new WeakMap<DocumentNode, NodeSchema>();
  known.set(types, ofTypes);
  const before = ofTypes.get(node);
  if (before) return before;
  const made = withBodies(schema, node, types);
  ofTypes.set(node, made);
  return made;
}

/** Whether an input takes the name of a subgraph. */
export function namesBody(input: InputSchema): boolean {
  return input.gets != null;
}

/** The names of the subgraphs that a node runs, by the input that names them; of an input with several, `input.key`. */
export function bodyNames(schema: NodeSchema | undefined, node: DocumentNode): [place: string, name: string, input: InputSchema][] {
  const found: [string, string, InputSchema][] = [];
  for (const input of schema?.inputs.filter(namesBody) ?? []) {
    const value = node.inputs[input.name];
    if (typeof value === "string") found.push([input.name, value, input]);
    else if (isObject(value)) {
      for (const [key, name] of Object.entries(value)) if (typeof name === "string") found.push([`${input.name}.${key}`, name, input]);
    }
  }
  return found;
}

function withBodies(schema: NodeSchema, node: DocumentNode, types: Types): NodeSchema {
  const bodies: Body[] = [];
  for (const [, name, input] of bodyNames(schema, node)) {
    const body = types.get(name);
    if (body) bodies.push({ schema: body, gets: new Set(Object.keys(input.gets ?? {})) });
  }
  if (bodies.length === 0) return schema;
  const own = schema.inputs.filter((input) => input.many !== "named");
  const taken = new Map<string, InputSchema>(own.map((input) => [input.name, input]));
  for (const body of bodies) {
    for (const input of body.schema.inputs) {
      if (!body.gets.has(input.name) && !taken.has(input.name)) taken.set(input.name, input);
    }
  }
  const left = Object.keys(node.inputs).some((key) => !taken.has(key) && !taken.has(key.split(".", 1)[0] as string));
  const others = left ? schema.inputs.filter((input) => input.many === "named") : [];
  return { ...schema, inputs: [...taken.values(), ...others], outputs: schema.turns ? outputs(schema, bodies) : schema.outputs };
}

/** What the node gives: what its bodies give, or lists of what they give turn by turn. */
function outputs(schema: NodeSchema, bodies: readonly Body[]): OutputSchema[] {
  const found = new Map<string, OutputSchema>();
  for (const { schema: body, gets } of bodies) {
    const loops = LOOP_INPUTS.some((name) => gets.has(name));
    for (const output of body.outputs) {
      const input = body.inputs.find(({ name }) => name === output.name);
      const carried = input !== undefined && !gets.has(output.name);
      const listed = schema.turns === "every" || (schema.turns === "carried" && !carried);
      const before = found.get(output.name);
      const names = listed ? [listOf(output.types)] : output.types;
      const first = loops && carried && !listed ? input.types : []; // with no turn at all, what went in comes out
      const all = [...new Set([...(before?.types ?? []), ...names, ...first])];
      const types = all.includes("Any") ? ["Any"] : all;
      found.set(output.name, {
        ...output,
        types,
        type: types.join(" | "),
        supertypes: { ...before?.supertypes, ...output.supertypes },
      });
    }
  }
  return [...found.values()];
}
