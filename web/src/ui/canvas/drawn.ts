import type { Node, NodeChange } from "@xyflow/react";
import { shapeOf } from "../../core/cardShape";
import { same } from "../../core/same";
import { type DocumentNode, type Place, placeOf, type WorkflowDocument } from "../../core/document";
import type { Catalogue, NodeSchema } from "../../core/schema";
import { itemKeys, itemOf, kindOf } from "../../core/items";
import { schemaOf } from "../../core/subgraphs/bodies";
import { INPUTS_CARD, OUTPUTS_CARD } from "../../core/subgraphs/cards";
import { borderPlace } from "../../core/usualPlaces";
import { MANY } from "./detail";
import { asMeasured } from "./measured";

/** What React Flow draws as a node: a card, the frame of a group, or a note. */
export type DrawnNode = Node<Record<string, never>, "card" | "frame" | "note" | "border">;

const ORIGIN: Place = { x: 0, y: 0 };
/** Frames lie behind links and cards, also when they are selected, which adds 1000. */
const BEHIND = -2000;

/** All that lies on the canvas, in a subgraph (`inside`) with its border; what didn't change stays the same object. */
export function drawnNodes(
  before: readonly DrawnNode[],
  document: WorkflowDocument,
  selection: readonly string[],
  inside: boolean,
  catalogue: Catalogue,
): DrawnNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const selected = new Set(selection);
  const items = itemKeys(document).map((key) => {
    const { x, y, width, height } = itemOf(document, key) as NonNullable<ReturnType<typeof itemOf>>;
    const frame = kindOf(key) === "group";
    const look = frame ? { zIndex: BEHIND, dragHandle: ".frame-title" } : {};
    return kept(known.get(key), { id: key, type: frame ? "frame" : "note", data: {}, position: { x, y }, width, height, ...look }, selected.has(key));
  });
  const entries = Object.entries(document.nodes);
  const cards = entries.map(([name, node]) => {
    const place = placeOf(document, name);
    const { x, y, width }: Place = place ?? ORIGIN;
    const card = kept(known.get(name), { id: name, type: "card", data: {}, position: { x, y }, ...(width === undefined ? {} : { width }) }, selected.has(name));
    // A large graph isn't drawn in full to be measured.
    const unmeasured = entries.length > MANY && (card.measured === undefined || card.handles !== undefined);
    if (!unmeasured) return card;
    const expected = expectedOf(node, place, schemaOf(catalogue, node));
    return card.handles === expected.handles ? card : { ...card, ...expected };
  });
  const border = (inside ? [INPUTS_CARD, OUTPUTS_CARD] : []).map((id) =>
    kept(known.get(id), { id, type: "border", data: {}, position: borderPlace(document, id) }, selected.has(id)),
  );
  const now = [...items, ...border, ...cards];
  return same(before, now) ? (before as DrawnNode[]) : now;
}

interface Expected {
  readonly place: Place | null;
  readonly schema: NodeSchema | undefined;
  readonly measured: ReturnType<typeof asMeasured>;
}

/** What was reckoned of a node that isn't drawn, until the node, its place or its type is another. */
const expectations = new WeakMap<DocumentNode, Expected>();

function expectedOf(node: DocumentNode, place: Place | null, schema: NodeSchema | undefined): Expected["measured"] {
  const known = expectations.get(node);
  if (known && known.place === place && known.schema === schema) return known.measured;
  const measured = asMeasured(shapeOf(node, place, schema));
  expectations.set(node, { place, schema, measured });
  return measured;
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

/** What was drawn is measured: what was expected of it counts no longer. */
export function withoutExpected(nodes: DrawnNode[], changes: readonly NodeChange<DrawnNode>[]): DrawnNode[] {
  const drawn = new Set(changes.filter(({ type }) => type === "dimensions").map((change) => (change as { id: string }).id));
  if (drawn.size === 0) return nodes;
  return nodes.map((node) => {
    if (node.handles === undefined || !drawn.has(node.id)) return node;
    const { handles: _, ...rest } = node;
    return rest;
  });
}
