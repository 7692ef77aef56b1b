import { ApiError, Offline } from "../../api/http";
import * as server from "../../api/server";
import { readDocument, type WorkflowDocument } from "../../core/document";
import { fileText } from "../../core/written";
import { withUsualPlaces } from "../../core/usualPlaces";
import { text } from "../../text";
import { failed } from "../autosave";
import { undo } from "../editor";
import { usePage } from "../page";
import { saveTab, useSaving } from "../saving";
import { activeEditor, activeTab, type Tab, useTabs } from "../tabs";
import { documentIn } from "./reading";
import { report } from "./report";

/** What the server answers to a name that no workflow can have. */
const REFUSED = 422;

/** Save under the name it has; without one, ask for it. */
export async function save(): Promise<void> {
  const { savedAs } = activeEditor().getState();
  if (savedAs === null) usePage.getState().show("save");
  else if ((await saveAs(savedAs.name)) === "taken") usePage.getState().show("conflict");
}

/** `taken`: it isn't saved, since there is another version under that name. `failed`: why not was told. */
export type Saved = "saved" | "taken" | "failed";

/** Save under a name, `after` somebody else's version that people have seen. */
export async function saveAs(name: string, after?: number, tab: Tab = activeTab()): Promise<Saved> {
  const { whole, editWhole } = tab.editor.getState();
  const titled = whole.name === "";
  if (titled) editWhole(text.actions.name, (before) => ({ ...before, name }));
  const { set, tabs } = useSaving.getState();
  const taken = tab.editor.getState().savedAs?.name === name ? ({ state: "conflict" } as const) : tabs[tab.id]; // another's name is no conflict
  set(tab.id, { state: "saving" });
  try {
    const version = await saveTab(tab, name, after === undefined ? {} : { after });
    set(tab.id, version === null ? taken : { state: "saved", at: Date.now() });
    if (version === null) return "taken";
    usePage.getState().notify(text.files.saved_(name, version), false);
    return "saved";
  } catch (error) {
    if (error instanceof ApiError && error.status === REFUSED) {
      if (titled) undo(tab.editor);
      set(tab.id, tabs[tab.id]);
    } else failed(tab, error);
    report(error);
    return "failed";
  }
}

/** Open a document of the server's, or of a file. */
export function open(value: unknown, savedAs: { name: string; version: number } | null = null): void {
  useTabs.getState().open(withUsualPlaces(readDocument(value as never)), savedAs);
}

/** Open a file: a workflow, or a picture that carries one. */
export async function openFile(file: File): Promise<void> {
  try {
    open(await documentIn(file));
  } catch (error) {
    const reason = error instanceof Offline ? text.connection.lost : (error as Error).message;
    usePage.getState().notify(text.files.notRead(file.name, reason));
  }
}

/** Open what is saved under a name; a template, and an old version, is opened as a copy that nothing overwrites. */
export async function openSaved(name: string, version?: number): Promise<void> {
  try {
    const saved = await server.readWorkflow(name, version);
    open(saved.document, saved.version === 0 || version !== undefined ? null : { name, version: saved.version });
  } catch (error) {
    report(error);
  }
}

/** Open the workflow that a run was made with, its values in it. */
export async function openRun(id: string): Promise<void> {
  try {
    open(await server.documentOfRun(id));
  } catch (error) {
    report(error);
  }
}

/** The document as a file on this computer. */
export function download(): void {
  downloadAs(activeEditor().getState().whole);
}

export function downloadAs(whole: WorkflowDocument): void {
  const url = URL.createObjectURL(new Blob([fileText(whole)], { type: "application/json" }));
  const link = window.document.createElement("a");
  link.href = url;
  link.download = `${whole.name || text.untitled}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
