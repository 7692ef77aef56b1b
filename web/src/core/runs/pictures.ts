/** Pictures in pages, the newest first. */
import type { Artifact } from "../../api/server";

export interface Pictures {
  readonly pictures: readonly Artifact[];
  /** Where the next page begins; null where there are no older ones. */
  readonly next: number | null;
}

/** The pictures with their first page read anew: what the server no longer tells of there was deleted. */
export function withNewest(before: Pictures, page: { artifacts: readonly Artifact[]; next: number | null }): Pictures {
  const oldest = page.next === null ? 0 : (page.artifacts.at(-1)?.id ?? 0);
  const older = before.pictures.filter(({ id }) => id < oldest);
  return { pictures: [...page.artifacts, ...older], next: older.length > 0 ? before.next : page.next };
}

export function withOlder(before: Pictures, page: { artifacts: readonly Artifact[]; next: number | null }): Pictures {
  const known = new Set(before.pictures.map(({ id }) => id));
  return { pictures: [...before.pictures, ...page.artifacts.filter(({ id }) => !known.has(id))], next: page.next };
}

/** The picture before or after one; null beyond the ends. */
export function beside(pictures: readonly Artifact[], id: number, by: -1 | 1): Artifact | null {
  const index = pictures.findIndex((picture) => picture.id === id);
  return index < 0 ? null : (pictures[index + by] ?? null);
}
