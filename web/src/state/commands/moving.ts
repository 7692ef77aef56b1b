import { type Alignment, aligned, type Direction, distributed } from "../../core/align";
import type { Point } from "../../core/boxes";
import { placeOf, type WorkflowDocument } from "../../core/document";
import { moveNodes, restyle } from "../../core/edits";
import { changeItems, itemOf, kindOf, nodesAmong, withMembers } from "../../core/items";
import { isCard } from "../../core/subgraphs/cards";
import { borderPlace } from "../../core/usualPlaces";
import { text } from "../../text";
import { activeEditor } from "../tabs";
import { sizes } from "../view";
import { chosenBoxes } from "./chosen";

/** Bring what is chosen into line. */
export function align(how: Alignment): void {
  move(text.actions.align, aligned(chosenBoxes(), how));
}

/** Spread what is chosen evenly. */
export function distribute(direction: Direction): void {
  move(text.actions.distribute, distributed(chosenBoxes(), direction));
}

export const hasSeveral = (): boolean => chosenBoxes().size > 1;
export const hasThree = (): boolean => chosenBoxes().size > 2;

/** Move what is chosen by so many pixels, and what lies in chosen groups with them. */
export function nudge(x: number, y: number): void {
  const { document, selection, edit } = activeEditor().getState();
  const moved = movedBy(document, withMembers(document, selection, sizes()), { x, y });
  if (Object.keys(moved).length > 0) edit(nameOfMove(selection), (before) => moveNodes(before, moved), "nudge");
}

/** What a move of these is called. */
export function nameOfMove(keys: readonly string[]): string {
  const nodes = keys.filter((key) => kindOf(key) === null).length;
  return nodes > 0 ? text.actions.move(nodes) : text.actions.moveItems(keys.length);
}

/** Make what is chosen larger or smaller, cards in width alone. */
export function grow(width: number, height: number): void {
  const { document, selection, edit } = activeEditor().getState();
  const drawn = sizes();
  edit(
    text.actions.resize,
    (before) => {
      let changed = before;
      for (const key of selection) {
        const item = itemOf(document, key);
        if (item) changed = changeItems(changed, [key], { width: Math.max(80, item.width + width), height: Math.max(40, item.height + height) });
      }
      if (width === 0) return changed;
      for (const name of nodesAmong(document, selection)) {
        const now = placeOf(document, name)?.width ?? drawn.get(name)?.width ?? 260;
        changed = restyle(changed, [name], { width: Math.min(900, Math.max(180, now + width)) });
      }
      return changed;
    },
    "grow",
  );
}

function move(action: string, places: Readonly<Record<string, Point>>): void {
  const { document, edit } = activeEditor().getState();
  const drawn = sizes();
  const all: Record<string, Point> = {};
  for (const [key, { x, y }] of Object.entries(places)) {
    const before = placeOf(document, key);
    if (before) Object.assign(all, movedBy(document, withMembers(document, [key], drawn), { x: x - before.x, y: y - before.y }));
  }
  if (Object.keys(all).length > 0) edit(action, (now) => moveNodes(now, all));
}

function movedBy(document: WorkflowDocument, keys: readonly string[], by: Point): Record<string, Point> {
  const places = keys.flatMap((key) => {
    const place = isCard(key) ? borderPlace(document, key) : key in document.nodes || itemOf(document, key) ? (placeOf(document, key) ?? { x: 0, y: 0 }) : null;
    return place ? [[key, { x: place.x + by.x, y: place.y + by.y }] as const] : [];
  });
  return Object.fromEntries(places);
}
