/** A node that uses a subgraph, taken apart into the nodes of that. */
import { text } from "../../text";
import { type DocumentNode, emptyDocument, linkOf, mapValues, placeOf, type WorkflowDocument } from "../document";
import { freeName } from "../edits";
import { isObject, type Json, type JsonObject, plain, writeJson } from "../json";
import { freeKey, kindOf } from "../items";
import { endOfRoute, routeKey } from "../routes";
import { type InputSchema, inputSchema } from "../schema";
import { schemaOf, type Types } from "./bodies";
import { bringDefinitions } from "./definitions";
import { bounds } from "./extract";
import { halves } from "./uses";

/** Why a node can't be dissolved, in words; null if it can. */
export function dissolveRefusal(document: WorkflowDocument, use: string, scope: ReadonlyMap<string, WorkflowDocument>): string | null {
  const node = document.nodes[use];
  const subgraph = node && scope.get(node.type);
  if (!node || !subgraph) return text.subgraphs.noUse;
  if (node.mode === "bypass") return text.subgraphs.bypassed;
  const inner = new Use(node, subgraph, new Map());
  for (const [output, source] of Object.entries(document.outputs ?? {})) {
    const [owner, port] = halves(source);
    if (owner === use && linkOf(inner.source(port)) === null) return text.subgraphs.noLink(output);
  }
  for (const [parameter, place] of Object.entries(document.parameters)) {
    const [owner, input] = halves(place);
    if (owner === use && inner.places(input).length !== 1) return text.subgraphs.several(parameter);
  }
  return null;
}

/** The nodes of a subgraph in the place of a node that uses it. Returns their names, too. */
export function dissolve(
  document: WorkflowDocument,
  use: string,
  scope: ReadonlyMap<string, WorkflowDocument>,
  types: Types,
): [WorkflowDocument, string[]] {
  const node = document.nodes[use] as DocumentNode;
  const subgraph = scope.get(node.type) as WorkflowDocument;
  const { [use]: _, ...others } = document.nodes;
  const [brought, nodes] = bringDefinitions({ ...document, nodes: others }, scope, subgraph.subgraphs, subgraph.nodes, types);
  const names = freeNames(brought, Object.keys(nodes), use);
  const inner = new Use(node, { ...subgraph, nodes }, names);
  const placed: Record<string, DocumentNode> = {};
  for (const [name, each] of Object.entries(document.nodes)) {
    if (name !== use) placed[name] = inner.read(each, use);
    else for (const inside of Object.keys(nodes)) placed[names.get(inside) as string] = inner.node(inside, types);
  }
  const outputs = document.outputs && mapValues(document.outputs, (source) => {
    const [owner, port] = halves(source);
    return owner === use ? (inner.source(port) as { from: string }).from : source;
  });
  const parameters = mapValues(document.parameters, (place) => {
    const [owner, input] = halves(place);
    return owner === use ? (inner.places(input)[0] as string) : place;
  });
  const layout = layoutOf(document, subgraph, use, names, inner);
  return [{ ...brought, nodes: placed, parameters, ...(outputs ? { outputs } : {}), layout }, [...names.values()]];
}

/** A node that uses a subgraph; `names`: what the nodes inside are called outside. */
class Use {
  constructor(
    private readonly user: DocumentNode,
    private readonly subgraph: WorkflowDocument,
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  /** What comes in for an input: what the user gives, or the default. */
  private given(input: string): Json | undefined {
    if (input in this.user.inputs) return this.user.inputs[input];
    const declared = this.subgraph.inputs?.[input];
    return typeof declared === "object" ? declared.default : undefined;
  }

  /** What an output of the subgraph is outside: a link, or the literal that is passed through. */
  source(output: string): Json | undefined {
    const source = this.subgraph.outputs?.[output];
    if (source === undefined) return undefined;
    const [node, port] = halves(source);
    return node === "inputs" ? this.given(port) : { from: `${this.names.get(node) ?? node}.${port}` };
  }

  /** The inputs inside that an input or a parameter of the subgraph sets, as they are called outside. */
  places(input: string): string[] {
    const outside = (node: string, key: string) => `${this.names.get(node) ?? node}.${key}`;
    const declared = this.subgraph.inputs?.[input];
    if (declared === undefined) {
      const place = this.subgraph.parameters[input];
      return place === undefined ? [] : [outside(...halves(place))];
    }
    return Object.entries(this.subgraph.nodes).flatMap(([name, node]) =>
      Object.entries(node.inputs)
        .filter(([, value]) => reads(value, input))
        .map(([key]) => outside(name, key)),
    );
  }

  /** A node of the subgraph as it is outside. */
  node(name: string, types: Types): DocumentNode {
    const before = this.subgraph.nodes[name] as DocumentNode;
    const schema = schemaOf(types, before);
    const inputs: JsonObject = {};
    for (const [key, value] of Object.entries(before.inputs)) {
      const link = linkOf(value);
      if (link === null) inputs[key] = value;
      else if (link.node !== "inputs") inputs[key] = { from: `${this.names.get(link.node) ?? link.node}.${link.output}` };
      else {
        const taken = this.given(link.output);
        const left = taken === undefined || (!(link.output in this.user.inputs) && isDefault(schema ? inputSchema(schema, key) : null, taken));
        if (!left) inputs[key] = taken;
      }
    }
    for (const [parameter, place] of Object.entries(this.subgraph.parameters)) {
      const [owner, key] = halves(place);
      const isSet = owner === name && parameter in this.user.inputs && !(parameter in (this.subgraph.inputs ?? {}));
      if (isSet) inputs[key] = this.user.inputs[parameter] as Json;
    }
    const mode = this.user.mode === "mute" ? "mute" : before.mode;
    return { type: before.type, inputs, ...(mode && mode !== "run" ? { mode } : {}) };
  }

  /** A node outside that may read the subgraph, reading the nodes of it. */
  read(node: DocumentNode, use: string): DocumentNode {
    if (!Object.values(node.inputs).some((value) => linkOf(value)?.node === use)) return node;
    const inputs: JsonObject = {};
    for (const [key, value] of Object.entries(node.inputs)) {
      const link = linkOf(value);
      const source = link?.node === use ? this.source(link.output) : value;
      if (source !== undefined) inputs[key] = source;
    }
    return { ...node, inputs };
  }
}

function reads(value: Json, input: string): boolean {
  const link = linkOf(value);
  return link?.node === "inputs" && link.output === input;
}

function isDefault(input: InputSchema | null, value: Json): boolean {
  return input !== null && !input.required && input.many === "" && writeJson(plain(input.default)) === writeJson(plain(value));
}

/** The names that the nodes get: their own, or with that of the node that used them before. */
function freeNames(document: WorkflowDocument, names: readonly string[], use: string): Map<string, string> {
  const found = new Map<string, string>();
  let taken: WorkflowDocument = document;
  for (const name of names) {
    const free = name in taken.nodes ? freeName(taken, `${use}_${name}`) : freeName(taken, name);
    found.set(name, free);
    taken = { ...taken, nodes: { ...taken.nodes, [free]: { type: "", inputs: {} } } };
  }
  return found;
}

/** The places of all: the uppermost, leftmost of the nodes stands where the one did that used them. */
function layoutOf(document: WorkflowDocument, subgraph: WorkflowDocument, use: string, names: ReadonlyMap<string, string>, inner: Use): JsonObject {
  const { [use]: own, ...others } = document.layout;
  const layout: JsonObject = { ...others };
  const at = placeOf(document, use) ?? { x: 0, y: 0 };
  const { left, top } = bounds(subgraph, [...names.keys()]);
  const moved = (value: Json): Json => {
    if (!isObject(value)) return value;
    const { x, y, points } = value;
    if (Array.isArray(points)) return { ...value, points: points.map(moved) };
    return typeof x === "number" && typeof y === "number" ? { ...value, x: x - left + at.x, y: y - top + at.y } : value;
  };
  for (const [index, [name, outside]] of [...names].entries()) {
    const before = subgraph.layout[name];
    const place = isObject(before) ? before : {};
    layout[outside] = moved({ x: left + index * 300, y: top, ...place });
  }
  for (const [key, value] of Object.entries(subgraph.layout)) {
    const outside = outsideKey(key, names, layout);
    if (outside !== null) layout[outside] = moved(value);
  }
  const habits = isObject(own) && isObject(own["seeds"]) ? own["seeds"] : {};
  for (const [input, habit] of Object.entries(habits)) {
    for (const [node, key] of inner.places(input).map(halves)) {
      const before = layout[node];
      if (isObject(before)) layout[node] = { ...before, seeds: { ...(isObject(before["seeds"]) ? before["seeds"] : {}), [key]: habit } };
    }
  }
  return layout;
}

/** The key that a note, a group or the way points of a link have outside. */
function outsideKey(key: string, names: ReadonlyMap<string, string>, layout: JsonObject): string | null {
  const kind = kindOf(key);
  const end = endOfRoute(key);
  if (end !== null) return routeKey(names.get(end.node) ?? end.node, end.input);
  return kind === null ? null : key in layout ? freeKey({ ...emptyDocument(), layout }, kind) : key;
}
