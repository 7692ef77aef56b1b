import { type Box, overlaps, type Point } from "./boxes";

/** Between a new card and those that are there. */
const GAP = 24;

/** The place nearest to the wanted one where a box lies on no other, nor close to one. */
export function freePlace(wanted: Box, others: readonly Box[]): Point {
  const isFree = (at: Point) => !others.some((other) => overlaps({ ...wanted, ...at }, other, GAP - 1));
  if (isFree(wanted)) return { x: wanted.x, y: wanted.y };
  // The nearest free place touches others: beside one and level with the wish, or in a corner between two.
  const columns = new Set([wanted.x]);
  const rows = new Set([wanted.y]);
  for (const other of nearest(wanted, others)) {
    columns.add(other.x + other.width + GAP).add(other.x - wanted.width - GAP);
    rows.add(other.y + other.height + GAP).add(other.y - wanted.height - GAP);
  }
  const candidates = [...columns].flatMap((x) => [...rows].map((y) => ({ x, y, far: Math.hypot(x - wanted.x, y - wanted.y) })));
  candidates.sort((a, b) => a.far - b.far);
  const found = candidates.find(isFree);
  if (found) return { x: found.x, y: found.y };
  return { x: Math.max(...others.map(({ x, width }) => x + width)) + GAP, y: wanted.y };
}

const MOST = 60;

/** As many of the boxes as are worth looking at, the nearest. */
function nearest(wanted: Box, others: readonly Box[]): Box[] {
  const distance = (box: Box) => Math.hypot(box.x - wanted.x, box.y - wanted.y);
  return [...others].sort((a, b) => distance(a) - distance(b)).slice(0, MOST);
}
