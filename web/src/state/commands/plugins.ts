/** Looking for plugins that were put in their folder, changed or removed while the server runs. */
import { rescanPlugins } from "../../api/server";
import type { PluginScan } from "../../api/schema";
import type { ServerEvent } from "../../core/runs/told";
import { text } from "../../text";
import { useCatalogue } from "../catalogue";
import { usePage } from "../page";
import { report } from "./report";

/** Have the server look, take what nodes there are now, and say what came of it. */
export async function lookForPlugins(): Promise<void> {
  const { notify, dismiss } = usePage.getState();
  const looking = notify(text.plugins.looking, false);
  try {
    const scan = await rescanPlugins();
    await useCatalogue.getState().load();
    const lines = told(scan);
    if (lines.length > 0 || scan.problems.length === 0) notify(lines.join("\n") || text.plugins.nothing, false);
    if (scan.problems.length > 0) {
      const wrong = [text.plugins.failed(scan.problems.length), ...scan.problems].join("\n");
      notify(wrong, true, { label: text.plugins.again, act: () => void lookForPlugins() });
    }
  } catch (error) {
    report(error);
  } finally {
    dismiss(looking);
  }
}

/** The server tells that there are other nodes: somebody had it look for plugins, or it was started anew. */
export function noteNodes(events: readonly ServerEvent[]): void {
  if (events.some(({ event }) => event === "nodes")) void useCatalogue.getState().load().catch(report);
}

function told({ added, changed, removed }: PluginScan): string[] {
  const { plugins } = text;
  return [
    ...(added.length > 0 ? [plugins.added(added.join(", "))] : []),
    ...(changed.length > 0 ? [plugins.changed(changed.join(", "))] : []),
    ...(removed.length > 0 ? [plugins.removed(removed.join(", "))] : []),
  ];
}
