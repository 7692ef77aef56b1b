import { pauseQueue, resumeQueue } from "../../api/server";
import { text } from "../../text";
import { usePage } from "../page";
import { useRunSettings } from "../runSettings";
import { useRuns } from "../runs";
import { useTabs } from "../tabs";
import { hasNodes } from "./chosen";
import type { Command } from "./command";
import { report } from "./report";
import { isAnythingActive, run, runSelected, stop, stopAll, toggleRunOnChange } from "./running";

const { titles } = text.running;

/** What concerns runs and the queue. */
export const ON_RUNS: readonly Command[] = [
  { id: "run", title: titles.run, section: "run", keys: ["Mod+Enter"], where: "anywhere", act: () => run() },
  { id: "run-selected", title: titles.runSelected, section: "run", keys: ["Mod+Shift+Enter"], menus: ["node", "group"], where: "anywhere", usable: hasNodes, act: runSelected },
  { id: "run-on-change", title: titles.onChange, section: "run", isOn: () => useRunSettings.getState().onChange[useTabs.getState().active] ?? false, act: toggleRunOnChange },
  { id: "stop", title: titles.stop, section: "run", keys: ["Mod+."], where: "anywhere", act: stop },
  { id: "stop-all", title: titles.stopAll, section: "run", usable: isAnythingActive, act: stopAll },
  { id: "pause", title: titles.pause, section: "run", isOn: () => useRuns.getState().queue.paused, act: () => togglePause() },
  { id: "queue", title: titles.queue, section: "run", keys: ["Q"], act: () => usePage.getState().setSide("queue") },
];

/** Let the queue start no more runs, or go on. */
export async function togglePause(): Promise<void> {
  const { paused } = useRuns.getState().queue;
  try {
    useRuns.setState({ queue: await (paused ? resumeQueue() : pauseQueue()) });
  } catch (error) {
    report(error);
  }
}
