/** What lies on the canvas beside the nodes: groups, which are frames around some of them, and notes. */
import { type Box, centreOf, holds, isDistance, liesIn, type Size } from "./boxes";
import { placeOf, type WorkflowDocument } from "./document";
import { isObject, type JsonObject } from "./json";
import { isCard } from "./subgraphs/cards";

export type ItemKind = "group" | "note";

/** A group or a note, as the layout has it under its key, `group/1` or `note/1`. */
export interface Item extends Box {
  readonly title?: string;
  readonly text?: string;
  readonly colour?: string;
}

/** How large a card is thought to be that was never drawn. */
export const USUAL: Size = { width: 260, height: 160 };

export function kindOf(key: string): ItemKind | null {
  return key.startsWith("group/") ? "group" : key.startsWith("note/") ? "note" : null;
}

export function itemOf(document: WorkflowDocument, key: string): Item | null {
  const item = kindOf(key) === null ? undefined : document.layout[key];
  const whole =
    isObject(item) &&
    ["x", "y", "width", "height"].every((field) => isDistance(item[field])) &&
    ["title", "text", "colour"].every((field) => item[field] === undefined || typeof item[field] === "string");
  return whole ? (item as unknown as Item) : null;
}

/** The keys of all groups and notes. */
export function itemKeys(document: WorkflowDocument): string[] {
  return Object.keys(document.layout).filter((key) => itemOf(document, key) !== null);
}

/** Of what is selected, the nodes. */
export function nodesAmong(document: WorkflowDocument, keys: readonly string[]): string[] {
  return keys.filter((key) => key in document.nodes);
}

/** Of what is selected, the groups and notes. */
export function itemsAmong(document: WorkflowDocument, keys: readonly string[]): string[] {
  return keys.filter((key) => itemOf(document, key) !== null);
}

export function addItem(document: WorkflowDocument, kind: ItemKind, item: Item): [WorkflowDocument, string] {
  const key = freeKey(document, kind);
  return [{ ...document, layout: { ...document.layout, [key]: item as unknown as JsonObject } }, key];
}

/** A key that no group or note has. */
export function freeKey(document: WorkflowDocument, kind: ItemKind): string {
  for (let number = 1; ; number++) if (!(`${kind}/${number}` in document.layout)) return `${kind}/${number}`;
}

/** Change groups or notes; `undefined` takes a property away. */
export function changeItems(
  document: WorkflowDocument,
  keys: readonly string[],
  change: { readonly [field in keyof Item]?: Item[field] | undefined },
): WorkflowDocument {
  const layout = { ...document.layout };
  for (const key of itemsAmong(document, keys)) {
    const changed = Object.entries({ ...(layout[key] as JsonObject), ...change });
    layout[key] = Object.fromEntries(changed.filter(([, value]) => value !== undefined)) as JsonObject;
  }
  return { ...document, layout };
}

export function removeItems(document: WorkflowDocument, keys: readonly string[]): WorkflowDocument {
  const gone = new Set(itemsAmong(document, keys));
  if (gone.size === 0) return document;
  return { ...document, layout: Object.fromEntries(Object.entries(document.layout).filter(([key]) => !gone.has(key))) };
}

/** Where a node, a group or a note lies, as large as it was drawn; null if it lies nowhere. */
export function boxOf(document: WorkflowDocument, key: string, sizes: ReadonlyMap<string, Size>): Box | null {
  const item = itemOf(document, key);
  if (item) return item;
  const place = key in document.nodes || isCard(key) ? placeOf(document, key) : null;
  return place && { x: place.x, y: place.y, ...(sizes.get(key) ?? USUAL) };
}

/** What lies in a group: nodes and notes by their middle, other groups as a whole. */
export function membersOf(document: WorkflowDocument, group: string, sizes: ReadonlyMap<string, Size>): string[] {
  const frame = itemOf(document, group);
  if (frame === null) return [];
  return [...Object.keys(document.nodes), ...itemKeys(document)].filter((key) => {
    const box = key === group ? null : boxOf(document, key, sizes);
    return box !== null && (kindOf(key) === "group" ? liesIn(box, frame) : holds(frame, centreOf(box)));
  });
}

/** These, and what lies in those of them that are groups. */
export function withMembers(
  document: WorkflowDocument,
  keys: readonly string[],
  sizes: ReadonlyMap<string, Size>,
): string[] {
  const all = new Set(keys);
  for (const key of keys) {
    if (kindOf(key) === "group") for (const member of membersOf(document, key, sizes)) all.add(member);
  }
  return [...all];
}

const EDGE = 24;
const TITLE = 40;

/** The frame that leaves room around boxes, and for its title above them. */
export function frameAround({ x, y, width, height }: Box): Box {
  return { x: x - EDGE, y: y - TITLE, width: width + 2 * EDGE, height: height + TITLE + EDGE };
}
