/** Bringing what is known of a run up to date with what the server has stored of it. */
import { ApiError } from "../api/http";
import { eventsOfRun } from "../api/running";
import type { ServerEvent } from "../core/runs/told";
import { emptyView, withEvents } from "../core/runs/view";
import { setViews, useRuns } from "./runs";

const PAGE = 1000;

/** By run that is caught up with: what was told meanwhile. */
const told = new Map<string, ServerEvent[]>();
/** Runs with events that are missing, since the server couldn't be asked. */
const behind = new Set<string>();

/** Whether these events wait until what came before them is there, which is seen to here. */
export function mustWait(run: string, events: readonly ServerEvent[]): boolean {
  told.get(run)?.push(...events);
  if (behind.has(run)) void catchUp(run);
  return told.has(run);
}

/** Take in all events of a run that were missed; without a view it gets one. */
export async function catchUp(run: string): Promise<void> {
  if (told.has(run)) return;
  told.set(run, []);
  behind.delete(run);
  try {
    let page: readonly ServerEvent[];
    do {
      page = await eventsOfRun(run, useRuns.getState().views[run]?.last ?? 0, PAGE);
      take(run, page);
    } while (page.length === PAGE);
    take(run, told.get(run) ?? []);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) useRuns.getState().forget(run);
    else behind.add(run); // out of reach: the next event or reconnection catches up again
  } finally {
    told.delete(run);
  }
}

function take(run: string, events: readonly ServerEvent[]): void {
  const { views, shown } = useRuns.getState();
  if (!Object.values(shown).includes(run)) return;
  setViews({ ...views, [run]: withEvents(views[run] ?? emptyView(run), events) });
}
