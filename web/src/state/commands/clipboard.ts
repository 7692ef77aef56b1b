import { centreOf, holds, type Point } from "../../core/boxes";
import { boundsOfClip, type Clip, clearOf, copyNodes, pasteNodes, readClip } from "../../core/clip";
import { withMembers } from "../../core/items";
import { isObject, type JsonObject, parseJson, plain, writeJson } from "../../core/json";
import { bringDefinitions, definitionsFor } from "../../core/subgraphs/definitions";
import { scopeAt } from "../../core/subgraphs/nesting";
import { text } from "../../text";
import { useCatalogue } from "../catalogue";
import { usePage } from "../page";
import { activeSchemas } from "../schemas";
import { activeEditor } from "../tabs";
import { centre, seen, sizes, snappedPoint, target } from "../view";
import { open } from "./documents";

const CLIP = "graphengine/clip";
const BESIDE: Point = { x: 32, y: 32 };

/** What is chosen as text for the clipboard, groups with what lies in them; null if nothing is. */
export function clipText(): string | null {
  const { document, whole, inside, selection } = activeEditor().getState();
  if (selection.length === 0) return null;
  const clip = copyNodes(document, withMembers(document, selection, sizes()));
  const subgraphs = definitionsFor(clip.nodes, scopeAt(whole, inside), useCatalogue.getState().nodes);
  return writeJson({ format: CLIP, ...clip, ...(Object.keys(subgraphs).length > 0 ? { subgraphs } : {}) } as never, 2);
}

/**
 * Paste what the clipboard holds: what was copied, where the mouse is, or a whole workflow, which opens in a tab. Says
 * what is wrong with anything else. Returns whether it was pasted.
 */
export function pasteText(content: string, at: Point | null = target()): boolean {
  if (content.trim() === "") return false;
  try {
    const value = /^\s*[[{]/.test(content) ? parseJson(content) : null;
    if (!isObject(value)) throw new Error(text.reading.nothingToPaste);
    if (value["format"] === CLIP) pasteClip(value, at);
    else open(value);
    return true;
  } catch (error) {
    usePage.getState().notify((error as Error).message);
    return false;
  }
}

function pasteClip(value: JsonObject, at: Point | null): void {
  const clip = readClip({ ...value, layout: plain(value["layout"] ?? {}) });
  if (clip === null) throw new Error(text.reading.nothingToPaste);
  add(clip, text.actions.paste, offsetOf(clip, at));
}

/** How far a copy lies from what was copied: at this place, else beside it if that is seen, else in the middle of what is. */
function offsetOf(clip: Clip, at: Point | null): Point {
  const bounds = boundsOfClip(clip);
  if (bounds === null) return at ?? centre();
  if (at !== null) return snappedPoint({ x: at.x - bounds.x, y: at.y - bounds.y });
  const beside = { x: bounds.x + BESIDE.x, y: bounds.y + BESIDE.y };
  if (holds(seen(), beside)) return BESIDE;
  const [from, to] = [centreOf(bounds), centre()];
  return snappedPoint({ x: to.x - from.x, y: to.y - from.y });
}

/** What was copied last here, for browsers that don't let a page read the clipboard. */
let copied = "";

/** Copy what is chosen, from a menu. */
export async function copy(): Promise<void> {
  const clip = clipText();
  if (clip === null) return;
  copied = clip;
  try {
    await navigator.clipboard.writeText(clip);
  } catch {
    // not allowed: it can still be pasted here
  }
}

/** Paste from a menu, where it was opened. */
export async function paste(): Promise<void> {
  const at = target();
  let content = copied;
  try {
    content = (await navigator.clipboard.readText()) || copied;
  } catch {
    // not allowed: what was copied here is there
  }
  pasteText(content, at);
}

export function duplicate(): void {
  const { document, selection } = activeEditor().getState();
  const keys = withMembers(document, selection, sizes());
  if (keys.length > 0) add(copyNodes(document, keys), text.actions.duplicate, BESIDE);
}

function add(clip: Clip, action: string, offset: Point): void {
  const editor = activeEditor();
  let keys: string[] = [];
  editor.getState().edit(action, (document) => {
    const { whole, inside } = editor.getState();
    const types = useCatalogue.getState().nodes;
    const [room, nodes] = bringDefinitions(document, scopeAt(whole, inside), clip.subgraphs ?? {}, clip.nodes, types);
    const [changed, pasted] = pasteNodes(room, { ...clip, nodes }, clearOf(document, clip, offset, BESIDE), activeSchemas());
    keys = pasted;
    return changed;
  });
  editor.getState().select(keys);
}
