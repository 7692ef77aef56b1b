/** What was set in an app is kept while its window is, so that to load it anew loses nothing. */
import type { WorkflowDocument } from "../core/document";
import { isObject, parseJson, writeJson } from "../core/json";
import { valuesOf, withValues } from "../core/values";
import type { EditorStore } from "./editor";

const keyOf = (name: string): string => `graphengine.app/${name}`;

export function withKeptValues(name: string, document: WorkflowDocument): WorkflowDocument {
  try {
    const kept = parseJson(sessionStorage.getItem(keyOf(name)) ?? "null");
    return isObject(kept) ? withValues(document, kept) : document;
  } catch {
    return document;
  }
}

/** Keep the values from now on. */
export function keepValues(name: string, editor: EditorStore): void {
  editor.subscribe(({ whole }, before) => {
    if (whole === before.whole) return;
    try {
      sessionStorage.setItem(keyOf(name), writeJson(valuesOf(whole)));
    } catch {
      // no room
    }
  });
}
