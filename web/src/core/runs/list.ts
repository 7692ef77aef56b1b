/** The runs that are known, the newest first. */
import type { Run } from "../../api/server";
import { isOlder } from "./handedOut";
import { isActive } from "./view";

/** Of ended runs that are kept; older ones are asked for again. */
const MOST = 500;

/** The list with what the server told of some runs; answers may overtake each other, and what is newer stays. */
export function merged(runs: readonly Run[], told: readonly Run[]): readonly Run[] {
  const known = new Map(runs.map((run) => [run.id, run]));
  for (const run of told) {
    const before = known.get(run.id);
    if (before === undefined || !isOlder(run, before)) known.set(run.id, run);
  }
  return [...known.values()].sort((a, b) => b.sequence - a.sequence);
}

export interface History {
  readonly runs: readonly Run[];
  /** Where the next page begins; null where there are no older ones. */
  readonly next: number | null;
}

/** The list without the oldest ended runs, where there are too many. */
export function bounded({ runs, next }: History, most = MOST): History {
  const ended = runs.filter(({ state }) => !isActive(state));
  if (ended.length <= most) return { runs, next };
  const last = ended[most - 1] as Run;
  return { runs: runs.filter((run) => isActive(run.state) || run.sequence >= last.sequence), next: last.sequence };
}

/**
 * The list after its first page was read anew: runs on it that the server no longer tells of, between the newest and
 * the oldest that it told, were deleted meanwhile.
 */
export function reloaded(before: History, page: History): History {
  const oldest = page.next === null ? -Infinity : (page.runs.at(-1)?.sequence ?? -Infinity);
  const newest = page.runs[0]?.sequence ?? -Infinity;
  const told = new Set(page.runs.map(({ id }) => id));
  const stay = before.runs.filter(({ id, sequence }) => told.has(id) || sequence < oldest || sequence > newest);
  const older = stay.some(({ sequence }) => sequence < oldest);
  return bounded({ runs: merged(stay, page.runs), next: older ? before.next : page.next });
}

/** The runs that wait, in the order in which they will run; `order`: the ids as the server told them. */
export function inOrder(runs: readonly Run[], order: readonly string[]): Run[] {
  const place = new Map(order.map((id, index) => [id, index]));
  const waiting = runs.filter(({ state }) => state === "queued");
  return waiting.sort((a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity) || a.sequence - b.sequence);
}
