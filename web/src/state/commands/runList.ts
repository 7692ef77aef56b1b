/** What is done to runs in the queue and in the history. */
import * as api from "../../api/running";
import * as server from "../../api/server";
import type { Run } from "../../api/server";
import { readDocument, type WorkflowDocument } from "../../core/document";
import { moved } from "../../core/runs/reorder";
import { isActive } from "../../core/runs/view";
import { useGallery } from "../gallery";
import { useRuns } from "../runs";
import { useTabs } from "../tabs";
import { open } from "./documents";
import { report } from "./report";

async function attempt(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    report(error);
    void useRuns.getState().load().catch(() => {}); // what is shown may be older than what was refused
  }
}

export const cancelRun = (run: Run): Promise<void> => attempt(async () => useRuns.getState().accept([await server.cancel(run.id)]));

/** Run the same again; tabs that show the run show that then. */
export function retryRun(run: Run): Promise<void> {
  return attempt(async () => {
    const again = await server.retry(run.id);
    const { shown, ran, accept, submitted } = useRuns.getState();
    accept([again]);
    for (const [tab, id] of Object.entries(shown)) if (id === run.id && ran[id]) submitted(tab, again, ran[id]);
  });
}


/** Delete runs that have ended, and the pictures that no other run has made. */
export async function deleteRuns(runs: readonly Run[]): Promise<void> {
  for (const { id } of runs) await deleteRun(id);
}

export function deleteRun(id: string): Promise<void> {
  return attempt(async () => {
    await api.deleteRun(id);
    useRuns.getState().forget(id);
    useGallery.getState().drop(id);
  });
}

/** Move a run that waits to a place among those that wait; 0 runs next. */
export function moveTo(run: string, place: number): Promise<void> {
  const { order } = useRuns.getState();
  const wanted = moved(order, run, place);
  if (wanted === order) return Promise.resolve();
  useRuns.setState({ order: wanted }); // shown at once; the server's word follows
  return attempt(() => server.moveRun(run, wanted.indexOf(run)));
}

/** Show what became of each node in a run: where its workflow is open, else in a tab of its own. */
export function showOnCanvas(run: string): Promise<void> {
  return attempt(async () => {
    const ran = readDocument(await server.documentOfRun(run));
    const { tabs, active, activate } = useTabs.getState();
    const inOrder = [...tabs].sort((a, b) => Number(b.id === active) - Number(a.id === active));
    const found = inOrder.find(({ editor }) => hasSameNodes(editor.getState().whole, ran));
    if (found) activate(found.id);
    else open(ran);
    await useRuns.getState().show(useTabs.getState().active, run);
  });
}

function hasSameNodes(one: WorkflowDocument, other: WorkflowDocument): boolean {
  const names = Object.keys(one.nodes);
  return names.length === Object.keys(other.nodes).length && names.every((name) => other.nodes[name]?.type === one.nodes[name]?.type);
}

/** The runs that have ended, as far as they are known here. */
export function endedRuns(): readonly Run[] {
  return useRuns.getState().runs.filter(({ state }) => !isActive(state));
}
