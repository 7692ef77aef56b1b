/** Changes of a document, each a pure function that leaves what it doesn't touch as it is. */
import type { Point } from "./boxes";
import {
  type DocumentNode,
  linkOf,
  type Link,
  linkValue,
  mapValues,
  type Mode,
  type Place,
  placeOf,
  type WorkflowDocument,
} from "./document";
import type { Json, JsonObject } from "./json";
import { carryRoutes, renameRoutes, routeKey, setPoints } from "./routes";
import { type Catalogue, inputSchema, type NodeSchema } from "./schema";
import { schemaOf } from "./subgraphs/bodies";
import { OUTPUTS_CARD } from "./subgraphs/cards";
import { removeOutput } from "./subgraphs/ports";
import { withoutStaleLabels } from "./parameters";
import { fits } from "./types";

/** A name that no node has: that of the type, with a number if need be. */
export function freeName(document: WorkflowDocument, wanted: string): string {
  const stem = wanted.replace(/[./]/g, "_") || "node";
  if (!(stem in document.nodes) && stem !== "inputs") return stem;
  for (let number = 2; ; number++) {
    const name = `${stem}_${number}`;
    if (!(name in document.nodes)) return name;
  }
}

/** Add a node with the values that its schema has no default for left open. Returns its name, too. */
export function addNode(
  document: WorkflowDocument,
  type: string,
  place: Place,
  inputs: JsonObject = {},
  wanted = type,
): [WorkflowDocument, string] {
  const name = freeName(document, wanted);
  const node: DocumentNode = { type, inputs };
  return [place_(withNode(document, name, node), { [name]: place }), name];
}

function withNode(document: WorkflowDocument, name: string, node: DocumentNode): WorkflowDocument {
  return { ...document, nodes: { ...document.nodes, [name]: node } };
}

function place_(document: WorkflowDocument, places: Record<string, Place>): WorkflowDocument {
  const layout = { ...document.layout };
  for (const [name, place] of Object.entries(places)) layout[name] = place as unknown as JsonObject;
  return { ...document, layout };
}

/** Move nodes, groups and notes, and the way points of links whose two ends move. */
export function moveNodes(document: WorkflowDocument, positions: Record<string, Point>): WorkflowDocument {
  const moves = new Map<string, Point>();
  const places = mapValues(positions, ({ x, y }, name) => {
    const before = placeOf(document, name);
    const place = { ...before, x: Math.round(x), y: Math.round(y) };
    if (before) moves.set(name, { x: place.x - before.x, y: place.y - before.y });
    return place;
  });
  return place_(carryRoutes(document, moves), places);
}

/** Change how a node looks; `undefined` takes a property away. */
export function restyle(
  document: WorkflowDocument,
  names: readonly string[],
  change: { [property in "title" | "colour" | "collapsed" | "open" | "width"]?: Place[property] | undefined },
): WorkflowDocument {
  const places: Record<string, Place> = {};
  for (const name of names) {
    const changed = { ...(placeOf(document, name) ?? { x: 0, y: 0 }), ...change };
    places[name] = Object.fromEntries(
      Object.entries(changed).filter(([, value]) => value !== undefined),
    ) as unknown as Place;
  }
  return place_(document, places);
}

/** Set an input to a literal or a link. The way points of another link that was there go; the same link anew changes nothing. */
export function setInput(document: WorkflowDocument, node: string, input: string, value: Json): WorkflowDocument {
  const found = document.nodes[node];
  if (!found || sameLink(found.inputs[input], value)) return document;
  const changed = withNode(document, node, { ...found, inputs: { ...found.inputs, [input]: value } });
  return setPoints(changed, node, input, []);
}

function sameLink(before: Json | undefined, after: Json): boolean {
  const [a, b] = [linkOf(before), linkOf(after)];
  return a !== null && b !== null && a.node === b.node && a.output === b.output;
}

/** Take an input back to its default. */
export function clearInput(document: WorkflowDocument, node: string, input: string): WorkflowDocument {
  const found = document.nodes[node];
  if (!found || !(input in found.inputs)) return document;
  const { [input]: _, ...inputs } = found.inputs;
  return setPoints(withNode(document, node, { ...found, inputs }), node, input, []);
}

export function setMode(document: WorkflowDocument, names: readonly string[], mode: Mode): WorkflowDocument {
  const nodes = { ...document.nodes };
  for (const name of names) {
    const node = nodes[name];
    if (!node) continue;
    const { mode: _, ...rest } = node;
    nodes[name] = mode === "run" ? rest : { ...rest, mode };
  }
  return { ...document, nodes };
}

/** Link an output to an input. Of an input of many, `input` may be the bare name: the next free number is taken. */
export function connect(
  document: WorkflowDocument,
  from: Link,
  to: string,
  input: string,
  schema: NodeSchema | undefined,
): WorkflowDocument {
  const owner = schema?.inputs.find((each) => each.name === input);
  const key = owner && owner.many !== "" ? nextKey(document.nodes[to], owner.name, owner.many) : input;
  return setInput(document, to, key, linkValue(from));
}

function nextKey(node: DocumentNode | undefined, name: string, many: "list" | "named"): string {
  const taken = node?.inputs ?? {};
  for (let number = 0; ; number++) {
    const key = many === "list" ? `${name}.${number}` : `${name}.${letters(number)}`;
    if (!(key in taken)) return key;
  }
}

function letters(number: number): string {
  return number < 26 ? String.fromCharCode(97 + number) : `v${number}`;
}

/** Numbered inputs of a node without gaps: `images.0`, `images.1` and so on, in their order. */
export function renumber(node: DocumentNode, schema: NodeSchema | undefined): DocumentNode {
  const lists = new Set(schema?.inputs.filter((input) => input.many === "list").map((input) => input.name));
  if (lists.size === 0) return node;
  const counts = new Map<string, number>();
  const inputs: JsonObject = {};
  for (const [key, value] of Object.entries(node.inputs)) {
    const owner = key.split(".", 1)[0] ?? key;
    if (lists.has(owner) && key !== owner) {
      const number = counts.get(owner) ?? 0;
      counts.set(owner, number + 1);
      inputs[`${owner}.${number}`] = value;
    } else {
      inputs[key] = value;
    }
  }
  return { ...node, inputs };
}

/** Take links away, each named by the input that reads. */
export function disconnect(
  document: WorkflowDocument,
  links: readonly { node: string; input: string }[],
  catalogue: Catalogue,
): WorkflowDocument {
  let changed = document;
  for (const { node, input } of links) changed = node === OUTPUTS_CARD ? removeOutput(changed, input) : clearInput(changed, node, input);
  const nodes = { ...changed.nodes };
  const keys = new Map<string, string>();
  for (const name of new Set(links.map((link) => link.node))) {
    const node = nodes[name];
    if (!node) continue;
    const renumbered = renumber(node, schemaOf(catalogue, node));
    const after = Object.keys(renumbered.inputs);
    for (const [place, key] of Object.keys(node.inputs).entries()) keys.set(routeKey(name, key), routeKey(name, after[place] ?? key));
    nodes[name] = renumbered;
  }
  const rekeyed = (node: string, input: string) => keys.get(routeKey(node, input)) ?? routeKey(node, input);
  return { ...changed, nodes, layout: renameRoutes(changed.layout, rekeyed) };
}

/**
 * Remove nodes, groups and notes. Where one lay between two others and what came in fits what read its output, those two are
 * linked directly, if `reconnect`.
 */
export function removeNodes(
  document: WorkflowDocument,
  names: readonly string[],
  catalogue: Catalogue,
  reconnect = false,
): WorkflowDocument {
  const gone = new Set(names);
  const lost: { node: string; input: string }[] = [];
  let changed = document;
  for (const [name, node] of Object.entries(document.nodes)) {
    if (gone.has(name)) continue;
    for (const [input, value] of Object.entries(node.inputs)) {
      const link = linkOf(value);
      if (link === null || !gone.has(link.node)) continue;
      const bridge = reconnect ? around(document, link, name, input, gone, catalogue) : null;
      if (bridge === null) lost.push({ node: name, input });
      else changed = setInput(changed, name, input, linkValue(bridge));
    }
  }
  changed = disconnect(changed, lost, catalogue);
  const keep = (record: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !gone.has(name)));
  return {
    ...changed,
    nodes: keep(changed.nodes) as Record<string, DocumentNode>,
    ...(changed.outputs ? { outputs: withoutSources(changed.outputs, gone) } : {}),
    layout: renameRoutes(keep(changed.layout) as JsonObject, (node, input) => (gone.has(node) ? null : routeKey(node, input))),
    parameters: Object.fromEntries(
      Object.entries(changed.parameters).filter(([, place]) => !gone.has(place.split(".", 1)[0] ?? "")),
    ),
  };
}

/** The outputs of a graph without those that come from these nodes. */
function withoutSources(outputs: Readonly<Record<string, string>>, gone: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(outputs).filter(([, source]) => !gone.has(source.split(".", 1)[0] ?? "")));
}

/** What reaches a removed node from outside and fits where its output went. */
function around(
  document: WorkflowDocument,
  link: Link,
  reader: string,
  input: string,
  gone: ReadonlySet<string>,
  catalogue: Catalogue,
): Link | null {
  const readerSchema = schemaOf(catalogue, document.nodes[reader]);
  const wanted = readerSchema && inputSchema(readerSchema, input);
  if (!wanted) return null;
  const seen = new Set<string>();
  let waiting = [link.node];
  while (waiting.length > 0) {
    const next: string[] = [];
    for (const name of waiting) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const value of Object.values(document.nodes[name]?.inputs ?? {})) {
        const source = linkOf(value);
        if (source === null) continue;
        if (gone.has(source.node)) {
          next.push(source.node);
          continue;
        }
        const schema = schemaOf(catalogue, document.nodes[source.node]);
        const output = schema?.outputs.find((each) => each.name === source.output);
        if (schema && output && fits(output, wanted, schema.variables, readerSchema.variables)) return source;
      }
    }
    waiting = next;
  }
  return null;
}

/** Give a node another name, and every link and parameter with it. The name must be free. */
export function renameNode(document: WorkflowDocument, old: string, name: string): WorkflowDocument {
  if (old === name || !(old in document.nodes)) return document;
  const renamed = (key: string) => (key === old ? name : key);
  const rename = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [renamed(key), value]));
  const relinked = (place: string) => (place.startsWith(`${old}.`) ? name + place.slice(old.length) : place);
  const nodes = mapValues(document.nodes, (node) => {
    const reads = Object.values(node.inputs).some((value) => linkOf(value)?.node === old);
    if (!reads) return node;
    const inputs = mapValues(node.inputs, (value) =>
      linkOf(value)?.node === old ? { from: relinked((value as { from: string }).from) } : value,
    );
    return { ...node, inputs };
  });
  const { outputs } = document;
  return {
    ...document,
    nodes: rename(nodes),
    parameters: mapValues(document.parameters, relinked),
    ...(outputs ? { outputs: mapValues(outputs, relinked) } : {}),
    layout: renameRoutes(rename(document.layout), (node, input) => routeKey(renamed(node), input)),
  };
}

/** Make an input a named parameter of the workflow, or, with null, no parameter any more. */
export function setParameter(document: WorkflowDocument, place: string, name: string | null): WorkflowDocument {
  const others = Object.entries(document.parameters).filter(([each, at]) => at !== place && each !== name);
  const parameters = Object.fromEntries(name === null ? others : [...others, [name, place]]);
  return withoutStaleLabels({ ...document, parameters });
}

/** Whether a link from one node to another would close a circle. */
export function closesCircle(document: WorkflowDocument, from: string, to: string): boolean {
  const seen = new Set<string>();
  const waiting = [from];
  while (waiting.length > 0) {
    const name = waiting.pop() as string;
    if (name === to) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    for (const value of Object.values(document.nodes[name]?.inputs ?? {})) {
      const link = linkOf(value);
      if (link !== null) waiting.push(link.node);
    }
  }
  return false;
}
