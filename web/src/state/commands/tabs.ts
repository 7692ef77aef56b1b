/** What is done to tabs: closed, brought back, moved, and given another name. */
import * as server from "../../api/server";
import { text } from "../../text";
import { usePage } from "../page";
import { type Tab, useTabs } from "../tabs";
import { report } from "./report";

/** What people call the workflow of a tab: the name that it has on the server, else its own. */
export function nameOf(tab: Tab): string {
  const { savedAs, whole } = tab.editor.getState();
  return savedAs?.name || whole.name || text.untitled;
}

/** Close a tab; one with changes that aren't saved can be brought back by the notice that says so. */
export function closeTab(id = useTabs.getState().active): void {
  const tab = useTabs.getState().tabs.find((each) => each.id === id);
  if (!tab) return;
  const { whole, saved } = tab.editor.getState();
  useTabs.getState().close(id);
  if (whole !== saved) usePage.getState().notify(text.drafts.closed(nameOf(tab)), false, { label: text.drafts.reopen, act: () => void reopenTab() });
}

export function reopenTab(): void {
  useTabs.getState().reopen();
}

/** Move a tab, the one in front if none is named, by so many places. */
export function moveTab(by: number, id = useTabs.getState().active): void {
  const { tabs, move } = useTabs.getState();
  move(id, tabs.findIndex((tab) => tab.id === id) + by);
}

/** Give the workflow another name: on the server, if it is saved there, with all its versions; else in itself. */
export async function renameTab(tab: Tab, name: string): Promise<void> {
  const { savedAs, whole, editWhole } = tab.editor.getState();
  if (name === "" || name === nameOf(tab)) return;
  const titled = whole.name === "" || whole.name === savedAs?.name;
  if (savedAs === null) {
    editWhole(text.actions.name, (before) => ({ ...before, name }));
    return;
  }
  try {
    const { version } = await server.renameWorkflow(savedAs.name, name, savedAs.version);
    tab.editor.setState({ savedAs: { name, version } });
    if (titled) editWhole(text.actions.name, (before) => ({ ...before, name }));
    usePage.getState().notify(text.tabs.renamed(name), false);
  } catch (error) {
    report(error);
  }
}
