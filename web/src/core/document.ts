import { text } from "../text";
import { isObject, type Json, type JsonObject } from "./json";
import { soundLayout } from "./soundLayout";

export const FORMAT = "graphengine/1";

export type Mode = "run" | "mute" | "bypass";

/** One node: its type, and per input a literal or a link `{"from": "node.output"}`. */
export interface DocumentNode {
  readonly type: string;
  readonly inputs: Readonly<JsonObject>;
  readonly mode?: Mode;
}

/** What a subgraph takes. Without `default` it is required. */
export interface DocumentInput {
  readonly type: string;
  readonly default?: Json;
}

/** Where a node stands in the editor. Layout never changes a result. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly title?: string;
  readonly colour?: string;
  readonly collapsed?: boolean;
  /** Shows the inputs, too, that are left at their defaults. */
  readonly open?: boolean;
}

/** A workflow, exactly as the engine runs it; immutable, changed by the functions in `edits.ts`. */
export interface WorkflowDocument {
  readonly format: typeof FORMAT;
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, DocumentInput | string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly nodes: Readonly<Record<string, DocumentNode>>;
  readonly subgraphs: Readonly<Record<string, JsonObject>>;
  readonly layout: Readonly<JsonObject>;
}

/** Where an input gets its value from. */
export interface Link {
  readonly node: string;
  readonly output: string;
}

export function emptyDocument(name = ""): WorkflowDocument {
  return { format: FORMAT, name, parameters: {}, nodes: {}, subgraphs: {}, layout: {} };
}

/** The link that a value is, or null: exactly `{"from": "node.output"}` is one. */
export function linkOf(value: Json | undefined): Link | null {
  if (!isObject(value) || Object.keys(value).length !== 1 || typeof value["from"] !== "string") return null;
  const source = value["from"];
  const dot = source.indexOf(".");
  return dot < 0 ? null : { node: source.slice(0, dot), output: source.slice(dot + 1) };
}

/** A link as documents write it. */
export function linkValue(link: Link): JsonObject {
  return { from: `${link.node}.${link.output}` };
}

export function placeOf(document: WorkflowDocument, node: string): Place | null {
  const place = document.layout[node];
  return isObject(place) && typeof place["x"] === "number" && typeof place["y"] === "number"
    ? (place as unknown as Place)
    : null;
}

/** A link of a document: the input that reads, and the output that it reads. */
export interface DocumentLink {
  readonly to: string;
  readonly input: string;
  readonly from: Link;
}

/** Every link of a document; those of a node that didn't change are the same objects. */
export function linksOf(document: WorkflowDocument): DocumentLink[] {
  const found: DocumentLink[] = [];
  for (const [to, node] of Object.entries(document.nodes)) {
    let links = known.get(node);
    if (links === undefined || links.to !== to) known.set(node, (links = { to, into: linksInto(to, node) }));
    found.push(...links.into);
  }
  return found;
}

/** By node: what was found of it last, with the name that it had. */
const known = new WeakMap<DocumentNode, { readonly to: string; readonly into: readonly DocumentLink[] }>();

function linksInto(to: string, { inputs }: DocumentNode): DocumentLink[] {
  return Object.entries(inputs).flatMap(([input, value]) => {
    const from = linkOf(value);
    return from === null ? [] : [{ to, input, from }];
  });
}

/** Read a document that came from a file or the server. Throws an `Error` that tells people what is wrong. */
export function readDocument(value: Json): WorkflowDocument {
  if (!isObject(value)) throw new Error(text.reading.noObject);
  const { format } = value;
  if (format !== FORMAT) throw new Error(text.reading.noFormat(FORMAT, typeof format === "string" ? format : null));
  const damaged = ["nodes", "parameters", "subgraphs", "layout"].find(
    (field) => value[field] !== undefined && !isObject(value[field]),
  );
  if (damaged !== undefined) throw new Error(text.reading.damaged(damaged));
  const nodes = (value["nodes"] ?? {}) as JsonObject;
  checkNodes(nodes);
  const unnamed = Object.entries((value["parameters"] ?? {}) as JsonObject).find(([, place]) => typeof place !== "string");
  if (unnamed) throw new Error(text.reading.damagedParameter(unnamed[0]));
  checkSubgraphs((value["subgraphs"] ?? {}) as JsonObject);
  return {
    ...(value as object),
    format: FORMAT,
    name: typeof value["name"] === "string" ? value["name"] : "",
    parameters: (value["parameters"] ?? {}) as Record<string, string>,
    nodes: mapValues(nodes, (node) => ({ ...(node as object), inputs: (node as JsonObject)["inputs"] ?? {} }) as unknown as DocumentNode),
    subgraphs: mapValues((value["subgraphs"] ?? {}) as Record<string, JsonObject>, withSoundLayout),
    layout: soundLayout((value["layout"] ?? {}) as JsonObject),
  };
}

function withSoundLayout(graph: JsonObject): JsonObject {
  const subgraphs = isObject(graph["subgraphs"]) ? mapValues(graph["subgraphs"] as Record<string, JsonObject>, withSoundLayout) : null;
  return {
    ...graph,
    ...(subgraphs === null ? {} : { subgraphs }),
    ...(graph["layout"] === undefined ? {} : { layout: soundLayout(graph["layout"] as JsonObject) }),
  };
}

function checkNodes(nodes: JsonObject, within: string | null = null): void {
  for (const [name, node] of Object.entries(nodes)) {
    const whole = isObject(node) && typeof node["type"] === "string" && isObject(node["inputs"] ?? {});
    if (!whole) throw new Error(text.reading.damagedNode(name, within));
  }
}

function checkSubgraphs(subgraphs: JsonObject): void {
  for (const [name, subgraph] of Object.entries(subgraphs)) {
    const fields = ["nodes", "parameters", "subgraphs", "layout", "inputs", "outputs"];
    const whole = isObject(subgraph) && fields.every((field) => isObject(subgraph[field] ?? {}));
    if (!whole) throw new Error(text.reading.damagedSubgraph(name));
    checkNodes((subgraph["nodes"] ?? {}) as JsonObject, name);
    checkSubgraphs((subgraph["subgraphs"] ?? {}) as JsonObject);
  }
}

export function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A, key: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
