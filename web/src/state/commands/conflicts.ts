/** Ways out when somebody else saved the same workflow meanwhile, and back to versions of before. */
import * as server from "../../api/server";
import { readDocument, type WorkflowDocument } from "../../core/document";
import { freeName } from "../../core/fileName";
import { text } from "../../text";
import { usePage } from "../page";
import { useSaving } from "../saving";
import { activeTab, type Tab, useTabs } from "../tabs";
import { saveAs } from "./documents";
import { report } from "./report";

/** Put the version of the server's in the place of a tab's, as one step of undo. */
export function takeTheirs(theirs: WorkflowDocument, place: { name: string; version: number }, tab: Tab = activeTab()): void {
  tab.editor.getState().editWhole(text.actions.theirs, () => theirs);
  tab.editor.getState().markSaved(place, tab.editor.getState().whole);
  useSaving.getState().set(tab.id, { state: "saved", at: Date.now() });
}

/** Bring a tab up to what the server has; where that would lose changes, both are shown first. */
export async function showNewest(tab: Tab): Promise<void> {
  const { savedAs, whole, saved } = tab.editor.getState();
  if (savedAs === null) return;
  useTabs.getState().activate(tab.id);
  if (whole !== saved) {
    usePage.getState().show("conflict");
    return;
  }
  try {
    const { document, version } = await server.readWorkflow(savedAs.name);
    if (tab.editor.getState().whole !== whole) await showNewest(tab); // it was changed meanwhile
    else takeTheirs(readDocument(document), { name: savedAs.name, version }, tab);
  } catch (error) {
    report(error);
  }
}

/** Save this tab's workflow under another name, and leave the other as it is. */
export async function keepBoth(name: string): Promise<boolean> {
  const tab = activeTab();
  try {
    const taken = (await server.listWorkflows()).map((record) => record.name);
    return (await saveAs(freeName(text.files.copyOf(name), taken), undefined, tab)) === "saved";
  } catch (error) {
    report(error);
    return false;
  }
}

/** Make an old version the newest again, as a step of undo; those between stay. */
export async function restore(name: string, version: number): Promise<void> {
  const tab = activeTab();
  try {
    const old = readDocument((await server.readWorkflow(name, version)).document);
    tab.editor.getState().editWhole(text.actions.restore(version), () => old);
    if ((await saveAs(name, undefined, tab)) === "taken") usePage.getState().show("conflict");
  } catch (error) {
    report(error);
  }
}

/** A workflow as the server keeps it, for a look. */
export async function readVersion(name: string, version: number): Promise<WorkflowDocument> {
  return readDocument((await server.readWorkflow(name, version)).document);
}

