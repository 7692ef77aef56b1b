import type { Json } from "./json";

/** The JSON Schema of the literals that an input takes; null for an input that only a link can bring. */
export interface LiteralSchema {
  readonly type?: string;
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly anyOf?: readonly LiteralSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly step?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly widget?: string;
  readonly items?: LiteralSchema;
  readonly additionalProperties?: LiteralSchema;
}

export interface InputSchema {
  readonly name: string;
  readonly type: string;
  readonly types: readonly string[];
  readonly required: boolean;
  readonly default: Json;
  readonly nullable: boolean;
  readonly literal: LiteralSchema | null;
  readonly tooltip: string;
  readonly seed: boolean;
  readonly choices: string | null;
  readonly options?: readonly string[];
  /** What to do where the wanted option is missing. */
  readonly hint?: string | null;
  readonly lazy: boolean;
  /** "" for one value, "list" for numbered ones, "named" for ones under names of their own. */
  readonly many: "" | "list" | "named";
  /** For one that names a subgraph: what that is given beside what is linked, with the types. */
  readonly gets?: Readonly<Record<string, readonly string[]>> | null;
  /** For one that names a subgraph: the outputs that it must have. */
  readonly gives?: Readonly<Record<string, readonly string[]>> | null;
}

export interface OutputSchema {
  readonly name: string;
  readonly type: string;
  readonly types: readonly string[];
  readonly supertypes: Readonly<Record<string, readonly string[]>>;
  readonly tooltip: string;
}

/** A node type, as `GET /api/nodes` tells it. */
export interface NodeSchema {
  readonly type: string;
  readonly category: string;
  readonly description: string;
  readonly inputs: readonly InputSchema[];
  readonly outputs: readonly OutputSchema[];
  readonly output: boolean;
  readonly plugin: string;
  readonly deprecated: string | null;
  readonly variables: Readonly<Record<string, readonly string[]>>;
  /** Of a node that gives what its subgraphs give: as it is after the last turn, or as lists of every turn. */
  readonly turns?: "last" | "every" | "carried" | null;
}

export type Catalogue = ReadonlyMap<string, NodeSchema>;

/** The schema of the input that a document calls `key`: `images.0` is one of the many `images`. */
export function inputSchema(schema: NodeSchema, key: string): InputSchema | null {
  const exact = schema.inputs.find((input) => input.name === key && input.many === "");
  if (exact) return exact;
  const dot = key.indexOf(".");
  if (dot >= 0) {
    const owner = schema.inputs.find((input) => input.many !== "" && input.name === key.slice(0, dot));
    if (owner) return owner;
  }
  return schema.inputs.find((input) => input.many === "named") ?? null;
}

/** The schema without null, where it is one of two alternatives, and with a constant as a list of one choice. */
export function alone(schema: LiteralSchema): LiteralSchema {
  const others = schema.anyOf?.filter((each) => each.type !== "null") ?? [];
  if (others.length === 1) return { ...others[0] };
  const numbers = others.length === 2 && others.every(({ type }) => type === "integer" || type === "number");
  if (numbers) return { ...others.find(({ type }) => type === "number") };
  return schema.const === undefined ? schema : { ...schema, enum: [schema.const] };
}

/** How the node wants a literal shown: a name of the engine's vocabulary, or of a widget of the plugin's own. */
export function hintOf(literal: LiteralSchema | null): string | undefined {
  return literal?.widget ?? literal?.anyOf?.find(({ widget }) => widget !== undefined)?.widget;
}

/** The first sentence of a node's description. */
export function summary(schema: NodeSchema): string {
  return schema.description.split("\n", 1)[0] ?? "";
}

/** Words for a name in snake case: `encode_text` becomes `encode text`. */
export function words(name: string): string {
  return name.replaceAll("_", " ");
}
