/** Which of the pictures in the gallery are chosen, by their numbers. */
import type { Artifact } from "../../api/server";

type Ids = ReadonlySet<number>;

/** One more is chosen, or no longer. */
export function toggled(chosen: Ids, id: number): Ids {
  const after = new Set(chosen);
  if (!after.delete(id)) after.add(id);
  return after;
}

/** All from one to another are chosen, too; only that one if the other isn't among them any more. */
export function withRange(chosen: Ids, pictures: readonly Artifact[], from: number | null, to: number): Ids {
  const places = [from ?? to, to].map((id) => pictures.findIndex((picture) => picture.id === id));
  if (places.includes(-1)) return new Set([...chosen, to]);
  const range = pictures.slice(Math.min(...places), Math.max(...places) + 1);
  return new Set([...chosen, ...range.map(({ id }) => id)]);
}

/** What is looked at once some pictures are hidden: the same, else the next that is left, else the last. */
export function viewedAfter(pictures: readonly Artifact[], viewed: Artifact | null, hidden: Ids): Artifact | null {
  if (viewed === null || !hidden.has(viewed.id)) return viewed;
  const place = pictures.findIndex(({ id }) => id === viewed.id);
  const [before, after] = [pictures.slice(0, Math.max(0, place)), pictures.slice(place + 1)];
  return after.find(({ id }) => !hidden.has(id)) ?? before.findLast(({ id }) => !hidden.has(id)) ?? null;
}

/** The pictures with those again that had been hidden, the newest first. */
export function broughtBack(pictures: readonly Artifact[], again: readonly Artifact[]): readonly Artifact[] {
  const all = new Map([...pictures, ...again].map((picture) => [picture.id, picture]));
  return [...all.values()].sort((a, b) => b.id - a.id);
}
