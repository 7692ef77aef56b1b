/**
 * What is open when a page is left, written at once, since the browser's database isn't asked any more then. It is of
 * this window alone, which finds it when it is loaded anew.
 */
import { isObject } from "../../core/json";
import type { Drafts } from "./draft";

const KEY = "graphengine.leaving";

export function leave(drafts: Drafts): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(drafts));
  } catch {
    // too much for this place: what the database has is at most a moment old
  }
}

/** What was left, once. */
export function comeBack(): Drafts | null {
  const left = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  try {
    const drafts: unknown = JSON.parse(left ?? "null");
    return isObject(drafts) && Array.isArray(drafts["tabs"]) ? (drafts as unknown as Drafts) : null;
  } catch {
    return null;
  }
}
