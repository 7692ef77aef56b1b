import type { Node, NodeChange } from "@xyflow/react";
import { shapeOf } from "../../core/cardShape";
import type { Point } from "../../core/boxes";
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
const FRAME = { zIndex: -2000, dragHandle: ".frame-title" };

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
    return kept(known.get(key), key, kindOf(key) === "group" ? "frame" : "note", { x, y, width, height }, selected.has(key));
  });
  const entries = Object.entries(document.nodes);
  const cards = entries.map(([name, node]) => {
    const place = placeOf(document, name);
    const { x, y, width }: Place = place ?? ORIGIN;
    const card = kept(known.get(name), name, "card", { x, y, width }, selected.has(name));
    // A large graph isn't drawn in full to be measured.
    const unmeasured = entries.length > MANY && (card.measured === undefined || card.handles !== undefined);
    if (!unmeasured) return card;
    const expected = expectedOf(node, place, schemaOf(catalogue, node));
    return card.handles === expected.handles ? card : { ...card, ...expected };
  });
  const border = (inside ? [INPUTS_CARD, OUTPUTS_CARD] : []).map((id) =>
    kept(known.get(id), id, "border", borderPlace(document, id), selected.has(id)),
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

/** A place on the canvas; with a width or a height where those are set. */
interface Spot extends Point {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** The node as it is now: the very same as before, where nothing of it changed. */
function kept(before: DrawnNode | undefined, id: string, type: DrawnNode["type"], { x, y, width, height }: Spot, selected: boolean): DrawnNode {
  const isSame =
    before !== undefined &&
    before.position.x === x &&
    before.position.y === y &&
    before.width === width &&
    before.height === height &&
    (before.selected ?? false) === selected;
  if (isSame) return before;
  const { width: _, height: __, ...rest } = before ?? {};
  const size = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
  return { ...rest, id, type, data: {}, position: { x, y }, ...size, ...(type === "frame" ? FRAME : {}), selected } as DrawnNode;
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
