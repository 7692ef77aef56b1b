import { ApiError, Offline } from "../../api/http";
import { activeRuns } from "../../api/running";
import * as server from "../../api/server";
import type { WorkflowDocument } from "../../core/document";
import { isActive } from "../../core/runs/view";
import { severalRuns } from "../../core/runs/several";
import { written } from "../../core/written";
import { text } from "../../text";
import { useCatalogue } from "../catalogue";
import { INVALID, useChecks } from "../checks";
import { newId } from "../identity";
import { usePage } from "../page";
import { useRunSettings } from "../runSettings";
import { useRefusals } from "../refusals";
import { useRuns } from "../runs";
import { activeEditor, activeTab, type Tab, useTabs } from "../tabs";
import { chosenNodes } from "./chosen";
import { report } from "./report";

/**
 * Run the workflow in front as often as is set, with the seeds that are each run's turn; `only`: what leads to these
 * nodes. Returns whether any run was accepted.
 */
export async function run(only: readonly string[] = []): Promise<boolean> {
  const tab = activeTab();
  const editor = tab.editor.getState();
  const before = editor.whole;
  if (Object.keys(before.nodes).length === 0) {
    usePage.getState().notify(text.running.nothing);
    return false;
  }
  const [refused] = useRefusals.getState().refused[tab.id] ?? [];
  if (refused) {
    usePage.getState().notify(refused.message, true);
    return false;
  }
  const runs = severalRuns(before, useRunSettings.getState().count, useCatalogue.getState().nodes);
  const moved = runs[0] !== before;
  editor.editWhole(text.actions.set("seed"), (whole) => (moved ? (runs.at(-1) ?? whole) : whole));
  let accepted = 0;
  try {
    for (const document of runs) {
      await submit(tab, document, only);
      accepted++;
    }
  } catch (error) {
    if (error instanceof ApiError && error.status === INVALID) useChecks.getState().set(tab.id, error.problems);
    if (error instanceof Offline && accepted === 0) usePage.getState().notify(text.running.notSent);
    else report(error);
    if (accepted > 0) usePage.getState().notify(text.running.partly(accepted, runs.length));
  }
  return accepted > 0;
}

/** Submit a workflow for a tab, which shows the run. */
export async function submit(tab: Tab, document: WorkflowDocument, only: readonly string[] = []): Promise<void> {
  const { savedAs } = tab.editor.getState();
  const run = await server.submit(written(document), newId(), only, savedAs?.name ?? null);
  useRuns.getState().submitted(tab.id, run, document);
}

/** Run what leads to the nodes that are selected. */
export function runSelected(): Promise<boolean> {
  const { inside } = activeEditor().getState();
  return run(chosenNodes().map((node) => [...inside.map((entered) => entered.node), node].join("/")));
}

/** Cancel the run that the workflow in front shows. */
export async function stop(): Promise<void> {
  const { shown, views } = useRuns.getState();
  const view = views[shown[useTabs.getState().active] ?? ""];
  if (view && isActive(view.state)) await attempt(() => server.cancel(view.id));
}

/** Cancel all that waits and then all that runs, whoever submitted it. */
export function stopAll(): Promise<void> {
  return attempt(async () => {
    for (const state of ["queued", "running"] as const) {
      for (const { id } of await activeRuns(state)) await server.cancel(id).catch(ignoreEnded);
    }
  });
}

export const isAnythingActive = (): boolean => {
  const { queue } = useRuns.getState();
  return queue.queued > 0 || queue.running.length > 0;
};

export function toggleRunOnChange(): void {
  useRunSettings.getState().toggleOnChange(useTabs.getState().active);
}

async function attempt(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    report(error);
  }
}

/** It ended by itself meanwhile. */
function ignoreEnded(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 409)) throw error;
}
