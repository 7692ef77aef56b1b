/** What is open here may be saved elsewhere too: by another window, another person, or by a file that was edited. */
import { listWorkflows } from "../api/server";
import type { ServerEvent } from "../core/runs/told";
import { text } from "../text";
import { showNewest } from "./commands/conflicts";
import { usePage } from "./page";
import { settled } from "./saving";
import { type Tab, useTabs } from "./tabs";

/** The server tells of a workflow that was saved, or has another name now. */
export function noteSaved(events: readonly ServerEvent[]): void {
  for (const { event, name, version, before } of events) {
    if (event !== "workflow" || typeof name !== "string" || typeof version !== "number") continue;
    if (typeof before === "string") follow(before, name, version);
    else void note(name, version);
  }
}

/** Ask what was saved while nobody listened. */
export async function lookForNewer(): Promise<void> {
  if (!useTabs.getState().tabs.some(({ editor }) => editor.getState().savedAs !== null)) return;
  try {
    for (const { name, version } of await listWorkflows()) void note(name, version);
  } catch {
    // out of reach, or closed: what is saved from here meets it all the same
  }
}

function tabsOf(name: string): Tab[] {
  return useTabs.getState().tabs.filter(({ editor }) => editor.getState().savedAs?.name === name);
}

async function note(name: string, version: number): Promise<void> {
  for (const tab of tabsOf(name)) {
    await settled(tab); // it may be our own, whose answer is on its way
    const { savedAs } = tab.editor.getState();
    if (savedAs?.name !== name || savedAs.version >= version) continue;
    usePage.getState().notify(text.files.newer(name, version), false, { label: text.files.showNewer, act: () => void showNewest(tab) });
  }
}

function follow(before: string, name: string, version: number): void {
  for (const { editor } of tabsOf(before)) editor.setState({ savedAs: { name, version } });
}
