import { ApiError, Offline } from "../api/http";
import { cancel } from "../api/server";
import { isActive } from "../core/runs/view";
import { INVALID, useChecks } from "./checks";
import { report } from "./commands/report";
import { submit } from "./commands/running";
import { useRunSettings } from "./runSettings";
import { useRuns } from "./runs";
import type { Tab } from "./tabs";

const PAUSE = 600;

let timer: ReturnType<typeof setTimeout> | undefined;

/** A tab's workflow has changed: run it soon, where that is wished for and it isn't what ran last. */
export function changed(tab: Tab): void {
  clearTimeout(timer);
  timer = setTimeout(() => void runAgain(tab), PAUSE);
}

async function runAgain(tab: Tab): Promise<void> {
  const { whole } = tab.editor.getState();
  const { shown, coming, ran, connected, runs } = useRuns.getState();
  if (!useRunSettings.getState().onChange[tab.id] || !connected || Object.keys(whole.nodes).length === 0) return;
  const before = coming[tab.id]?.at(-1) ?? shown[tab.id] ?? "";
  const last = ran[before];
  if (last && last.nodes === whole.nodes && last.subgraphs === whole.subgraphs) return;
  try {
    // What it makes is no longer wanted.
    for (const id of [...(coming[tab.id] ?? []), shown[tab.id]]) {
      if (id && runs.some((run) => run.id === id && isActive(run.state))) await cancel(id).catch(ignoreEnded);
    }
    await submit(tab, whole);
  } catch (error) {
    // While people write, much is unfinished: that is shown where it is, and runs once it is sound.
    if (error instanceof ApiError && error.status === INVALID) useChecks.getState().set(tab.id, error.problems);
    else if (!(error instanceof Offline)) report(error);
  }
}

function ignoreEnded(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 409)) throw error;
}
