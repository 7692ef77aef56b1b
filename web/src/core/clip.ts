/** What is copied: nodes, groups and notes by themselves. */
import { type Box, boundsOf, type Point, type Size } from "./boxes";
import { type DocumentNode, FORMAT, type Link, linkOf, linkValue, readDocument, type WorkflowDocument } from "./document";
import { freeName } from "./edits";
import { freeKey, kindOf, USUAL } from "./items";
import { isObject, type JsonObject } from "./json";
import { endOfRoute, pointsOf, routeKey, setPoints } from "./routes";
import { inputSchema } from "./schema";
import { schemaOf, type Types } from "./subgraphs/bodies";
import { schemaAt } from "./subgraphs/border";
import { cardOf, INPUTS_CARD, linkedName } from "./subgraphs/cards";
import { fits } from "./types";

/** Some of a document; links to nodes that are not in it are kept as they are. */
export interface Clip {
  readonly nodes: Readonly<Record<string, DocumentNode>>;
  readonly layout: Readonly<JsonObject>;
  /** The subgraphs that the nodes run. */
  readonly subgraphs?: Readonly<Record<string, JsonObject>>;
}

/** Copy nodes, groups and notes by their keys, with the way points of the links among them. */
export function copyNodes(document: WorkflowDocument, keys: readonly string[]): Clip {
  const chosen = new Set(keys);
  const nodes = Object.fromEntries(Object.entries(document.nodes).filter(([name]) => chosen.has(name)));
  const layout = Object.fromEntries(
    Object.entries(document.layout).filter(([key]) => chosen.has(key) || isWithin(document, key, chosen)),
  );
  return { nodes, layout };
}

/** Whether a key is that of the way points of a link between two nodes that are chosen. */
function isWithin(document: WorkflowDocument, key: string, chosen: ReadonlySet<string>): boolean {
  const end = endOfRoute(key);
  const source = end && linkOf(document.nodes[end.node]?.inputs[end.input]);
  return end !== null && source !== null && chosen.has(end.node) && chosen.has(source.node);
}

/** What was copied as text that was pasted; null if it isn't that. */
export function readClip(value: JsonObject): Clip | null {
  if (!isObject(value["nodes"]) || !isObject(value["layout"])) return null;
  try {
    const { nodes, layout, subgraphs } = readDocument({ ...value, format: FORMAT });
    return { nodes, layout, subgraphs };
  } catch {
    return null;
  }
}

/** About what was copied takes up, where it was; null if that isn't known. */
export function boundsOfClip(clip: Clip): Box | null {
  return boundsOf(placesIn(clip.layout).map(({ x, y, width = USUAL.width, height = USUAL.height }) => ({ x, y, width, height })));
}

/** An offset by which none of what was copied comes to lie on a corner that something has already: this one, or steps further. */
export function clearOf(document: WorkflowDocument, clip: Clip, { x, y }: Point, step: Point): Point {
  const taken = new Set(placesIn(document.layout).map((place) => `${place.x} ${place.y}`));
  const copies = placesIn(clip.layout);
  let steps = 0;
  while (copies.some((place) => taken.has(`${place.x + x + step.x * steps} ${place.y + y + step.y * steps}`))) steps++;
  return { x: x + step.x * steps, y: y + step.y * steps };
}

/** The places of nodes, groups and notes. */
function placesIn(layout: Readonly<JsonObject>): (Point & Partial<Size>)[] {
  return Object.entries(layout).flatMap(([key, place]) => (endOfRoute(key) === null && isPlace(place) ? [place as unknown as Point & Partial<Size>] : []));
}

function isPlace(value: unknown): value is JsonObject {
  return isObject(value) && typeof value["x"] === "number" && typeof value["y"] === "number";
}

/**
 * Add what was copied, moved by an offset. Links among the copied nodes go to the copies; other links stay where there is
 * a node of that name whose output fits. Returns the keys of what was added, too.
 */
export function pasteNodes(document: WorkflowDocument, clip: Clip, offset: Point, types: Types = new Map()): [WorkflowDocument, string[]] {
  const names = new Map<string, string>();
  const nodes = { ...document.nodes };
  for (const [name, node] of Object.entries(clip.nodes)) {
    const free = freeName({ ...document, nodes }, name);
    names.set(name, free);
    nodes[free] = node;
  }
  for (const [name, free] of names) {
    const node = clip.nodes[name] as DocumentNode;
    const inputs: JsonObject = {};
    for (const [key, value] of Object.entries(node.inputs)) {
      const link = linkOf(value);
      if (link === null) inputs[key] = value;
      else if (names.has(link.node)) inputs[key] = linkValue({ node: names.get(link.node) as string, output: link.output });
      else if (canRead(document, types, link, node, key)) inputs[key] = value;
    }
    nodes[free] = { ...node, inputs };
  }
  let changed: WorkflowDocument = { ...document, nodes };
  const keys = [...names.values()];
  for (const name of names.keys()) if (!(name in clip.layout)) changed = placed(changed, names.get(name) as string, {}, offset);
  for (const [key, place] of Object.entries(clip.layout)) {
    const end = endOfRoute(key);
    const kind = kindOf(key);
    const copy = names.get(key);
    if (end !== null) {
      const node = names.get(end.node);
      const points = pointsOf({ ...document, layout: { [routeKey(end.node, end.input)]: place } }, end.node, end.input);
      if (node) changed = setPoints(changed, node, end.input, points.map(({ x, y }) => ({ x: x + offset.x, y: y + offset.y })));
    } else if (copy !== undefined) {
      changed = placed(changed, copy, isPlace(place) ? place : {}, offset);
    } else if (kind !== null && isPlace(place)) {
      const free = freeKey(changed, kind);
      changed = placed(changed, free, place, offset);
      keys.push(free);
    }
  }
  return [changed, keys];
}

/** Whether an input fits an output of this document, as far as their types are known. */
function canRead(document: WorkflowDocument, types: Types, link: Link, node: DocumentNode, key: string): boolean {
  const isBorder = link.node === linkedName(INPUTS_CARD);
  if (isBorder ? !(link.output in (document.inputs ?? {})) : !(link.node in document.nodes)) return false;
  const giver = schemaAt(types, document, cardOf(link.node));
  const output = giver?.outputs.find(({ name }) => name === link.output);
  const reader = schemaOf(types, node);
  const input = reader && inputSchema(reader, key);
  if (giver && !output) return false;
  if (!giver || !output || !reader) return true; // the engine will tell
  return input !== null && input !== undefined && fits(output, input, giver.variables, reader.variables);
}

function placed(document: WorkflowDocument, key: string, place: JsonObject, offset: Point): WorkflowDocument {
  const { x = 0, y = 0 } = place as { x?: number; y?: number };
  return { ...document, layout: { ...document.layout, [key]: { ...place, x: x + offset.x, y: y + offset.y } } };
}
