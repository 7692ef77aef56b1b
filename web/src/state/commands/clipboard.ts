import { copyNodes, pasteNodes } from "../../core/clip";
import { isObject, parseJson, writeJson } from "../../core/json";
import { text } from "../../text";
import { activeEditor } from "../tabs";
import { open } from "./documents";

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
