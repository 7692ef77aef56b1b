import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";
import { linkOf, placeOf, type WorkflowDocument } from "../core/document";
import { restyle } from "../core/edits";
import * as commands from "../state/commands";
import { usePage } from "../state/page";
import { activeEditor } from "../state/tabs";
import { text } from "../text";

const NUDGE = 8;

/** The keyboard: see the overview on `?`. Keys that a field needs are left to it. */
export function useShortcuts(): void {
  const flow = useReactFlow();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { palette, dialog } = usePage.getState();
      if (palette !== null || dialog !== null || usePage.getState().needsToken) return;
      const field = isField(event.target);
      const act = actionFor(event, field, () => void flow.fitView({ maxZoom: 1, padding: 0.1 }));
      if (act === null) return;
      event.preventDefault();
      act();
    };
    const onCopy = (event: ClipboardEvent) => {
      if (isField(event.target)) return;
      const clip = commands.clipText();
      if (clip === null) return;
      event.clipboardData?.setData("text/plain", clip);
      event.preventDefault();
      if (event.type === "cut") commands.removeSelection(false);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isField(event.target) || event.defaultPrevented) return;
      const file = event.clipboardData?.files[0];
      if (file) void commands.openFile(file);
      else if (commands.pasteText(event.clipboardData?.getData("text/plain") ?? "")) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("copy", onCopy);
    window.addEventListener("cut", onCopy);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("copy", onCopy);
      window.removeEventListener("cut", onCopy);
      window.removeEventListener("paste", onPaste);
    };
  }, [flow]);
}

function actionFor(event: KeyboardEvent, field: boolean, fit: () => void): (() => void) | null {
  const page = usePage.getState();
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === "enter") return () => void commands.run();
    if (key === "s") return () => void commands.save();
    if (key === "o") return () => page.show("files");
    if (key === "f") return () => page.show("find");
    if (field) return null;
    if (key === "z") return event.shiftKey ? commands.redoLast : commands.undoLast;
    if (key === "y") return commands.redoLast;
    if (key === "a") return commands.selectAll;
    if (key === "d") return commands.duplicate;
    return null;
  }
  if (field) return key === "escape" ? () => (event.target as HTMLElement).blur() : null;
  if (event.altKey && key.startsWith("arrow")) return () => walk(key === "arrowright" || key === "arrowdown");
  const far = event.shiftKey ? 8 : 1;
  switch (key) {
    case "tab":
      return onGraph(event) && !event.shiftKey ? () => page.openPalette({ at: null }) : null;
    case "enter":
      return onGraph(event) ? editFields : null;
    case "delete":
    case "backspace":
      return () => commands.removeSelection(event.shiftKey);
    case "arrowleft":
      return () => commands.nudge(-NUDGE * far, 0);
    case "arrowright":
      return () => commands.nudge(NUDGE * far, 0);
    case "arrowup":
      return () => commands.nudge(0, -NUDGE * far);
    case "arrowdown":
      return () => commands.nudge(0, NUDGE * far);
    case "m":
      return () => commands.toggleMode("mute");
    case "b":
      return () => commands.toggleMode("bypass");
    case "c":
      return collapse;
    case "f":
      return fit;
    case "l":
      return () => page.show("linking");
    case "?":
      return () => page.show("shortcuts");
    case "escape":
      return backToCanvas;
    default:
      return null;
  }
}

/** Tab adds a node from the canvas; from a button or a field it goes on to the next, as everywhere. */
function onGraph(event: KeyboardEvent): boolean {
  const target = event.target as Element;
  return target === window.document.body || target.closest(".react-flow__pane, .react-flow__node") === target;
}

function isField(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return element?.closest?.("input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]") != null;
}

function collapse(): void {
  const { document, selection, edit } = activeEditor().getState();
  if (selection.length === 0) return;
  const all = selection.every((name) => placeOf(document, name)?.collapsed);
  edit(text.actions.collapse, (before) => restyle(before, selection, { collapsed: all ? undefined : true }));
}

/** Nothing is selected, and Tab adds nodes again. */
function backToCanvas(): void {
  (window.document.activeElement as HTMLElement | null)?.blur();
  activeEditor().getState().select([]);
}

/** Go into the first field of the selected node. */
function editFields(): void {
  const [name] = activeEditor().getState().selection;
  if (name === undefined) return;
  const card = window.document.querySelector(`.react-flow__node[data-id="${CSS.escape(name)}"]`);
  card?.querySelector<HTMLElement>("input, select, textarea, .more")?.focus();
}

/** Select the next node along a link, or the first of all. */
function walk(forward: boolean): void {
  const { document, selection, select } = activeEditor().getState();
  const from = selection[0];
  const next = from === undefined ? Object.keys(document.nodes)[0] : neighbour(document, from, forward);
  if (next !== undefined) select([next]);
}

function neighbour(document: WorkflowDocument, from: string, forward: boolean): string | undefined {
  if (!forward) {
    const links = Object.values(document.nodes[from]?.inputs ?? {}).map((value) => linkOf(value));
    return links.find((link) => link !== null)?.node;
  }
  return Object.keys(document.nodes).find((name) =>
    Object.values(document.nodes[name]?.inputs ?? {}).some((value) => linkOf(value)?.node === from),
  );
}
