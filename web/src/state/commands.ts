/** What the toolbar, the keyboard and the menus do. */
import { ApiError, Offline } from "../api/http";
import * as server from "../api/server";
import { arranged, type Size } from "../core/arrange";
import { placeOf, readDocument, type WorkflowDocument } from "../core/document";
import { copyNodes, moveNodes, pasteNodes, removeNodes, setMode } from "../core/edits";
import { exact } from "../core/exact";
import { isObject, parseJson, writeJson } from "../core/json";
import { withNextSeeds } from "../core/seeds";
import { text } from "../text";
import { useCatalogue } from "./catalogue";
import { useChecks } from "./checks";
import { redo, undo } from "./editor";
import { usePage } from "./page";
import { useRuns } from "./runs";
import { activeEditor, useTabs } from "./tabs";

/** The document as files have it. */
function written(document: WorkflowDocument) {
  return exact(document, useCatalogue.getState().nodes);
}

/** Tell people what went wrong; a workflow that isn't sound shows its problems where they are. */
export function report(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) {
    usePage.getState().askForToken(true);
    return;
  }
  if (error instanceof ApiError && error.problems.length > 0) {
    useChecks.getState().set(useTabs.getState().active, error.problems);
  }
  const message = error instanceof Offline ? text.connection.lost : error instanceof Error ? error.message : String(error);
  usePage.getState().notify(message);
}

/** Run the workflow in front, with the seeds that are its turn; `only`: what leads to these nodes. */
export async function run(only: readonly string[] = []): Promise<void> {
  const editor = activeEditor();
  const tab = useTabs.getState().active;
  editor.getState().edit(text.actions.set("seed"), withNextSeeds);
  try {
    const submitted = await server.submit(written(editor.getState().document), crypto.randomUUID(), only);
    useRuns.getState().submitted(tab, submitted);
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

export function undoLast(): void {
  undo(activeEditor());
}

export function redoLast(): void {
  redo(activeEditor());
}

/** Save under the name it has; without one, ask for it. */
export async function save(): Promise<void> {
  const { savedAs } = activeEditor().getState();
  if (savedAs === null) usePage.getState().show("save");
  else if (!(await saveAs(savedAs.name, savedAs.version))) usePage.getState().show("conflict");
}

/** Save a new version, made from `version` (0 for a new name). Returns false on a conflict. */
export async function saveAs(name: string, version: number): Promise<boolean> {
  const editor = activeEditor();
  const titled = editor.getState().document.name === "" ? { name } : {};
  editor.getState().edit(text.actions.name, (document) => ("name" in titled ? { ...document, ...titled } : document));
  try {
    const saved = await server.saveWorkflow(name, written(editor.getState().document), version);
    editor.getState().markSaved({ name, version: saved.version });
    usePage.getState().notify(text.files.saved_(name, saved.version), false);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) return false;
    report(error);
    return true;
  }
}

/** Open a document of the server's, or of a file. */
export function open(value: unknown, savedAs: { name: string; version: number } | null = null): void {
  useTabs.getState().open(laidOut(readDocument(value as never)), savedAs);
}

/** Open a file: a workflow, or a picture that carries one. */
export async function openFile(file: File): Promise<void> {
  try {
    open(await server.importFile(file));
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
  const { document } = activeEditor().getState();
  const url = URL.createObjectURL(new Blob([`${writeJson(written(document), 2)}\n`], { type: "application/json" }));
  const link = window.document.createElement("a");
  link.href = url;
  link.download = `${document.name || text.untitled}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Arrange the chosen nodes, or all. */
export async function tidy(sizes: ReadonlyMap<string, Size>): Promise<void> {
  const editor = activeEditor();
  const { document, selection, edit } = editor.getState();
  const tidied = await arranged(document, sizes, selection);
  edit(text.actions.tidy, (now) => (now === document ? tidied : now));
}

const CLIP = "graphengine/clip";

/** The chosen nodes as text for the clipboard, or null if there are none. */
export function clipText(): string | null {
  const { document, selection } = activeEditor().getState();
  if (selection.length === 0) return null;
  return writeJson({ format: CLIP, ...(copyNodes(document, selection) as object) } as never, 2);
}

/** Paste what the clipboard holds: nodes, or a whole workflow, which opens in a tab. */
export function pasteText(content: string): boolean {
  let value;
  try {
    value = parseJson(content);
  } catch {
    return false;
  }
  if (!isObject(value)) return false;
  if (value["format"] !== CLIP) {
    try {
      open(value);
      return true;
    } catch {
      return false;
    }
  }
  add(value as never, text.actions.paste);
  return true;
}

export function duplicate(): void {
  const { document, selection } = activeEditor().getState();
  if (selection.length > 0) add(copyNodes(document, selection), text.actions.duplicate);
}

function add(clip: ReturnType<typeof copyNodes>, action: string): void {
  const editor = activeEditor();
  let names: string[] = [];
  editor.getState().edit(action, (document) => {
    const [changed, pasted] = pasteNodes(document, clip, { x: 32, y: 32 });
    names = pasted;
    return changed;
  });
  editor.getState().select(names);
}

/** Remove what is chosen; `reconnect` links what lay before to what comes after. */
export function removeSelection(reconnect: boolean): void {
  const { selection, edit } = activeEditor().getState();
  if (selection.length === 0) return;
  const { nodes } = useCatalogue.getState();
  edit(text.actions.remove(selection.length), (document) => removeNodes(document, selection, nodes, reconnect));
}

/** Mute or bypass what is chosen, or let it run again if all of it is so already. */
export function toggleMode(mode: "mute" | "bypass"): void {
  const { document, selection, edit } = activeEditor().getState();
  if (selection.length === 0) return;
  const all = selection.every((name) => document.nodes[name]?.mode === mode);
  edit(all ? text.actions.wake : text.actions[mode], (before) => setMode(before, selection, all ? "run" : mode));
}

/** Move what is chosen by so many pixels. */
export function nudge(x: number, y: number): void {
  const { document, selection, edit } = activeEditor().getState();
  if (selection.length === 0) return;
  const positions = Object.fromEntries(
    selection.map((name) => {
      const place = placeOf(document, name) ?? { x: 0, y: 0 };
      return [name, { x: place.x + x, y: place.y + y }];
    }),
  );
  edit(text.actions.move(selection.length), (before) => moveNodes(before, positions), "nudge");
}

export function selectAll(): void {
  const { document, select } = activeEditor().getState();
  select(Object.keys(document.nodes));
}
