/** A workflow that is open, as this browser keeps it. */
import { readDocument } from "../../core/document";
import { type Json, parseJson, writeJson } from "../../core/json";
import { text as texts } from "../../text";
import type { EditorState } from "../editor";
import { useRuns } from "../runs";
import { newTab, type Tab } from "../tabs";

export interface Draft {
  readonly id: string;
  /** The document as JSON: with numbers that the browser's own copies would not keep as they are. */
  readonly text: string;
  readonly savedAs: EditorState["savedAs"];
  /** Whether it has changes that the server doesn't know. */
  readonly changed: boolean;
  /** The run that the tab shows. */
  readonly run?: string | null;
}

/** All of a window's drafts, with the one in front. */
export interface Drafts {
  readonly active: string;
  readonly tabs: readonly Draft[];
}

export function draftOf({ id, editor }: Tab): Draft {
  const { whole, savedAs, saved } = editor.getState();
  return { id, text: writeJson(whole as unknown as Json), savedAs, changed: whole !== saved, run: useRuns.getState().shown[id] ?? null };
}

/** A tab with what a draft holds; null if that is damaged. */
export function tabOf({ id, text, savedAs, changed }: Draft, newId = false): Tab | null {
  try {
    const document = readDocument(parseJson(text));
    const tab = newId ? newTab(document, savedAs) : newTab(document, savedAs, id);
    if (changed) tab.editor.setState({ saved: { ...document } });
    return tab;
  } catch {
    return null;
  }
}

/** Whether something would be lost with it: it has what the server doesn't have. */
export function isWorthKeeping({ changed, savedAs, text }: Draft): boolean {
  return changed || (savedAs === null && !text.includes('"nodes":{}'));
}


/** What people call the workflow of a draft. */
export function titleOf({ savedAs, text }: Draft): string {
  if (savedAs !== null) return savedAs.name;
  try {
    return readDocument(parseJson(text)).name || texts.untitled;
  } catch {
    return texts.untitled;
  }
}
