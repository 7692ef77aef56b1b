import { useEffect } from "react";
import { COMMANDS } from "../state/commands/all";
import { clipText, pasteText } from "../state/commands/clipboard";
import { type Command, isUsable, pressed } from "../state/commands/command";
import { takeFiles } from "../state/commands/dropping";
import { removeSelection } from "../state/commands/editing";
import { isAboutToWrite } from "../state/naming";
import { usePage } from "../state/page";
import { target } from "../state/view";
import { isTextSelected } from "./canvas/useTextSelection";

/** The keyboard: the keys of the commands. Those that a field needs are left to it. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { palette, dialog, needsToken } = usePage.getState();
      if (document.querySelector("dialog:modal")) return; // what is open above the page has keys of its own
      if (event.defaultPrevented || palette !== null || dialog !== null || needsToken) return;
      const command = COMMANDS.find((each) => each.keys?.some((keys) => pressed(keys, event)) && counts(each, event) && isUsable(each));
      const isAwaited = isAboutToWrite() && !isField(event.target) && event.key !== "Escape";
      if (!command || isAwaited) return;
      event.preventDefault();
      void command.act(event.target as Element);
    };
    const onCopy = (event: ClipboardEvent) => {
      if (isField(event.target) || isTextSelected()) return;
      const clip = clipText();
      if (clip === null) return;
      event.clipboardData?.setData("text/plain", clip);
      event.preventDefault();
      if (event.type === "cut") removeSelection(false);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isField(event.target) || event.defaultPrevented) return;
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) void takeFiles(files, target());
      else if (pasteText(event.clipboardData?.getData("text/plain") ?? "")) event.preventDefault();
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
  }, []);
}

/** Whether a command's keys count where the focus is. */
function counts({ where = "outside" }: Command, event: KeyboardEvent): boolean {
  if (where === "anywhere") return true;
  if (where === "fields") return false;
  return where === "graph" ? onGraph(event) : !isField(event.target) && !movesSlider(event);
}

/** Tab adds a node from the canvas; from a button or a field it goes on to the next, as everywhere. */
function onGraph(event: KeyboardEvent): boolean {
  const target = event.target as Element;
  return target === window.document.body || target.closest(".react-flow__pane, .react-flow__node") === target;
}

/** Whether the focus is on a slider of the browser's, and it is its own key. */
function movesSlider({ target, key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  const own = key.startsWith("Arrow") || ["Home", "End", "PageUp", "PageDown"].includes(key);
  return own && !ctrlKey && !metaKey && (target as Element).matches?.("input[type=range]");
}

function isField(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return element?.closest?.("input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]") != null;
}
