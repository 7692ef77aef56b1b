import * as server from "../../api/server";
import { withNextSeeds } from "../../core/seeds";
import { written } from "../../core/written";
import { text } from "../../text";
import { newId } from "../identity";
import { useRuns } from "../runs";
import { activeEditor, useTabs } from "../tabs";
import { report } from "./report";

/** Run the workflow in front, with the seeds that are its turn; `only`: what leads to these nodes. */
export async function run(only: readonly string[] = []): Promise<void> {
  const editor = activeEditor();
  const tab = useTabs.getState().active;
  editor.getState().editWhole(text.actions.set("seed"), withNextSeeds);
  try {
    const { whole, savedAs } = editor.getState();
    const submitted = await server.submit(written(whole), newId(), only, savedAs?.name ?? null);
    useRuns.getState().submitted(tab, submitted, whole);
  } catch (error) {
    report(error);
  }
}

/** Cancel the run that the workflow in front shows. */
export async function stop(): Promise<void> {
  const { shown, views } = useRuns.getState();
  const view = views[shown[useTabs.getState().active] ?? ""];
  if (!view || !["queued", "running"].includes(view.state)) return;
  try {
    await server.cancel(view.id);
  } catch (error) {
    report(error);
  }
}
