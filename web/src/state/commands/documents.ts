import { ApiError, Offline } from "../../api/http";
import * as server from "../../api/server";
import { placeOf, readDocument, type WorkflowDocument } from "../../core/document";
import { moveNodes } from "../../core/edits";
import { fileText, written } from "../../core/written";
import { text } from "../../text";
import { usePage } from "../page";
import { activeEditor, useTabs } from "../tabs";
import { documentIn } from "./reading";
import { report } from "./report";

/** Save under the name it has; without one, ask for it. */
export async function save(): Promise<void> {
  const { savedAs } = activeEditor().getState();
  if (savedAs === null) usePage.getState().show("save");
  else if (!(await saveAs(savedAs.name, savedAs.version))) usePage.getState().show("conflict");
}

/** Save a new version, made from `version` (0 for a new name). Returns false on a conflict. */
export async function saveAs(name: string, version: number): Promise<boolean> {
  const editor = activeEditor();
  const titled = editor.getState().whole.name === "" ? { name } : {};
  editor.getState().editWhole(text.actions.name, (whole) => ("name" in titled ? { ...whole, ...titled } : whole));
  const { whole, markSaved } = editor.getState();
  try {
    const kept = await store(name, whole, version);
    if (kept === null) return false;
    markSaved({ name, version: kept }, whole);
    usePage.getState().notify(text.files.saved_(name, kept), false);
  } catch (error) {
    report(error);
  }
  return true;
}

/** The version under which the server keeps the document now; null if somebody else saved another one meanwhile. */
async function store(name: string, whole: WorkflowDocument, version: number): Promise<number | null> {
  try {
    return (await server.saveWorkflow(name, written(whole), version)).version;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 409)) throw error;
    const theirs = await server.readWorkflow(name);
    // The answer to our own save may have been lost on its way.
    return fileText(readDocument(theirs.document)) === fileText(whole) ? theirs.version : null;
  }
}

/** Open a document of the server's, or of a file. */
export function open(value: unknown, savedAs: { name: string; version: number } | null = null): void {
  useTabs.getState().open(laidOut(readDocument(value as never)), savedAs);
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

export async function openSaved(name: string): Promise<void> {
  try {
    const saved = await server.readWorkflow(name);
    open(saved.document, saved.version === 0 ? null : { name, version: saved.version }); // 0: a template, which stays
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

/** Nodes without a place get one in a row, so that they don't lie on each other. */
function laidOut(document: WorkflowDocument): WorkflowDocument {
  const lost = Object.keys(document.nodes).filter((name) => placeOf(document, name) === null);
  if (lost.length === 0) return document;
  return moveNodes(document, Object.fromEntries(lost.map((name, index) => [name, { x: index * 300, y: 0 }])));
}

/** The document as a file on this computer. */
export function download(): void {
  const { whole } = activeEditor().getState();
  const url = URL.createObjectURL(new Blob([fileText(whole)], { type: "application/json" }));
  const link = window.document.createElement("a");
  link.href = url;
  link.download = `${whole.name || text.untitled}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
