import type { Node } from "@xyflow/react";
import { placeOf, type WorkflowDocument } from "../../core/document";
import { itemKeys, itemOf, kindOf } from "../../core/items";

/** What React Flow draws as a node: a card, the frame of a group, or a note. */
export type DrawnNode = Node<Record<string, never>, "card" | "frame" | "note">;

/** Frames lie behind links and cards, also when they are selected, which adds 1000. */
const BEHIND = -2000;

/** All that lies on the canvas; what didn't change stays the same object. */
export function drawnNodes(
  before: readonly DrawnNode[],
  document: WorkflowDocument,
  selection: readonly string[],
): DrawnNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const selected = new Set(selection);
  const items = itemKeys(document).map((key) => {
    const { x, y, width, height } = itemOf(document, key) as NonNullable<ReturnType<typeof itemOf>>;
    const frame = kindOf(key) === "group";
    const look = frame ? { zIndex: BEHIND, dragHandle: ".frame-title" } : {};
    return kept(known.get(key), { id: key, type: frame ? "frame" : "note", data: {}, position: { x, y }, width, height, ...look }, selected.has(key));
  });
  const cards = Object.keys(document.nodes).map((name, index) => {
    const { x, y, width } = placeOf(document, name) ?? { x: (index % 5) * 320, y: Math.floor(index / 5) * 240 };
    return kept(known.get(name), { id: name, type: "card", data: {}, position: { x, y }, ...(width === undefined ? {} : { width }) }, selected.has(name));
  });
  return [...items, ...cards];
}

function kept(before: DrawnNode | undefined, now: DrawnNode, selected: boolean): DrawnNode {
  if (before === undefined) return { ...now, selected };
  const { position, width, height } = before;
  const isSame =
    position.x === now.position.x &&
    position.y === now.position.y &&
    width === now.width &&
    height === now.height &&
    (before.selected ?? false) === selected;
  if (isSame) return before;
  const { width: _, height: __, ...rest } = before;
  return { ...rest, ...now, selected };
}
