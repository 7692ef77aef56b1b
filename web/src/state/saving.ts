/** Saving workflows on the server: one save of a tab at a time, and how each of them stands. */
import { create } from "zustand";
import { ApiError } from "../api/http";
import * as server from "../api/server";
import { readDocument, type WorkflowDocument } from "../core/document";
import { fileText, written } from "../core/written";
import type { Tab } from "./tabs";

/** `why`: in words; `again`: it is tried again by itself. */
export type Saving =
  | { readonly state: "saving" }
  | { readonly state: "saved"; readonly at: number }
  | { readonly state: "conflict" }
  | { readonly state: "failed"; readonly why: string; readonly again: boolean };

interface SavingState {
  /** By tab. */
  tabs: Readonly<Record<string, Saving | undefined>>;
  set(tab: string, saving: Saving | undefined): void;
}

export const useSaving = create<SavingState>((set) => ({
  tabs: {},
  set: (tab, saving) => set((state) => ({ tabs: { ...state.tabs, [tab]: saving } })),
}));

export interface SaveOptions {
  /** Nobody asked for it: the next such save takes its place. */
  readonly automatic?: boolean;
  /** The version of somebody else's that this one may follow, since people have seen it. */
  readonly after?: number;
}

const turns = new Map<string, Promise<unknown>>();

/**
 * Save a tab's workflow as it is when its turn comes, as the next version under a name. Returns that, or null if
 * somebody else saved another meanwhile. Throws `ApiError` and `Offline`.
 */
export function saveTab(tab: Tab, name: string, { automatic = false, after }: SaveOptions = {}): Promise<number | null> {
  const before = turns.get(tab.id) ?? Promise.resolve();
  const turn = before.catch(() => {}).then(async () => {
    const { whole, saved, savedAs, markSaved } = tab.editor.getState();
    const version = after ?? (savedAs?.name === name ? savedAs.version : 0);
    if (automatic && (whole === saved || savedAs?.name !== name)) return version; // done meanwhile
    const kept = await store(name, whole, version, tab.id, automatic);
    if (kept !== null) markSaved({ name, version: kept }, whole);
    return kept;
  });
  turns.set(tab.id, turn);
  return turn;
}

/** When no save of a tab is under way any more. */
export async function settled(tab: Tab): Promise<void> {
  await turns.get(tab.id)?.catch(() => {});
}

async function store(name: string, whole: WorkflowDocument, version: number, session: string, automatic: boolean): Promise<number | null> {
  try {
    return (await server.saveWorkflow(name, written(whole), version, session, automatic)).version;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 409)) throw error;
    const theirs = await server.readWorkflow(name);
    // The answer to our own save may have been lost on its way.
    return fileText(readDocument(theirs.document)) === fileText(whole) ? theirs.version : null;
  }
}
