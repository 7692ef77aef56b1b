import { temporal } from "zundo";
import { createStore, type StoreApi } from "zustand";
import type { TemporalState } from "zundo";
import { emptyDocument, linkOf, type WorkflowDocument } from "../core/document";
import { same } from "../core/same";
import { OUTPUTS_CARD } from "../core/subgraphs/cards";
import { definedAt, existing, graphAt, type Inside } from "../core/subgraphs/nesting";
import { replaceGraph } from "../core/subgraphs/uses";
import { useCatalogue } from "./catalogue";

/** What undo and redo go through. */
interface Edited {
  /** The entire workflow: what is saved, run and exported. */
  whole: WorkflowDocument;
  /** The name of the change that led here. */
  action: string;
  /** The graph that was in front when that change was made. */
  at: Inside;
}

/** One open workflow. */
export interface EditorState extends Edited {
  /** The way to the graph in front; empty for the workflow itself. */
  inside: Inside;
  /** The graph in front: the workflow itself, or a subgraph that was entered. */
  document: WorkflowDocument;
  /** What is selected: nodes by their names, groups and notes by their keys in the layout. */
  selection: readonly string[];
  /** The links that are selected, each as `node.input`, the input that reads. */
  links: readonly string[];
  /** The name under which the server keeps it, and the version that this is based on. */
  savedAs: { name: string; version: number } | null;
  /** The workflow as it was last saved or opened; another object than `whole` means unsaved changes. */
  saved: WorkflowDocument;
  /** Change the graph in front, as one step of undo; the steps of one `gesture` are one. */
  edit(action: string, change: (document: WorkflowDocument) => WorkflowDocument, gesture?: string): void;
  /** Change the entire workflow, likewise. */
  editWhole(action: string, change: (whole: WorkflowDocument) => WorkflowDocument, gesture?: string): void;
  /** The gesture is over: the next change is a step of its own. */
  endGesture(): void;
  /** Select this, and nothing else. */
  select(names: readonly string[], links?: readonly string[]): void;
  /** Bring another graph of the workflow to the front. */
  go(inside: Inside): void;
  /** The server keeps this; the workflow may have gone on meanwhile. */
  markSaved(savedAs: { name: string; version: number }, saved: WorkflowDocument): void;
}

export type EditorStore = StoreApi<EditorState> & { temporal: StoreApi<TemporalState<Edited>> };

const MOST_STEPS = 500;

export function createEditor(
  document: WorkflowDocument = emptyDocument(),
  savedAs: EditorState["savedAs"] = null,
): EditorStore {
  let gesture: string | null = null;
  const store = createStore<EditorState>()(
    temporal<EditorState, [], [], Edited>(
      (set, get) => ({
        whole: document,
        action: "",
        at: [],
        inside: [],
        document,
        selection: [],
        links: [],
        savedAs,
        saved: document,
        edit(action, change, within) {
          const { document: before, inside } = get();
          const after = change(before);
          if (after === before) return;
          const { nodes } = useCatalogue.getState();
          get().editWhole(action, (whole) => replaceGraph(whole, definedAt(whole, inside), after, nodes), within);
        },
        editWhole(action, change, within) {
          const before = get();
          const whole = change(before.whole);
          if (whole === before.whole) return;
          const history = store.temporal.getState();
          const goesOn = within !== undefined && within === gesture;
          if (goesOn) history.pause();
          set({ whole, action, at: before.inside, ...inFront(whole, before.inside, before) });
          if (goesOn) history.resume();
          gesture = within ?? null;
        },
        endGesture() {
          gesture = null;
        },
        select(names, links = []) {
          const before = get();
          if (!same(before.selection, names) || !same(before.links, links)) set({ selection: names, links });
        },
        go(inside) {
          const { whole, inside: before } = get();
          gesture = null;
          // What was entered is what is looked at when one comes back.
          const left = before[inside.length]?.node;
          set(inFront(whole, inside, { selection: left === undefined ? [] : [left], links: [] }));
        },
        markSaved(place, sent) {
          set({ savedAs: place, saved: sent });
        },
      }),
      {
        limit: MOST_STEPS,
        partialize: ({ whole, action, at }) => ({ whole, action, at }),
        equality: (past, current) => past.whole === current.whole,
      },
    ),
  ) as EditorStore;
  return store;
}

/** What is in front when the way is this, as far as it exists, and what of it is selected. */
function inFront(whole: WorkflowDocument, wanted: Inside, { selection, links }: Pick<EditorState, "selection" | "links">) {
  const inside = existing(whole, wanted);
  const document = graphAt(whole, inside);
  const isThere = (name: string) => name in document.nodes || (name.includes("/") && name in document.layout);
  const isLink = (link: string) => {
    const dot = link.indexOf(".");
    const [node, input] = [link.slice(0, dot), link.slice(dot + 1)];
    return node === OUTPUTS_CARD ? input in (document.outputs ?? {}) : linkOf(document.nodes[node]?.inputs[input]) !== null;
  };
  return { inside, document, selection: kept(selection, isThere), links: kept(links, isLink) };
}

/** Those that pass; the same list where all do, so that nothing is drawn anew. */
function kept(names: readonly string[], passes: (name: string) => boolean): readonly string[] {
  return names.every(passes) ? names : names.filter(passes);
}

/** Undo the last step, and go to where it was made; returns its name, or null if there was none. */
export function undo(editor: EditorStore): string | null {
  const history = editor.temporal.getState();
  if (history.pastStates.length === 0) return null;
  const { action, at } = editor.getState();
  editor.getState().endGesture();
  history.undo();
  follow(editor, at);
  return action;
}

/** Do again what was undone last, where it was done; returns its name, or null if there was nothing. */
export function redo(editor: EditorStore): string | null {
  const history = editor.temporal.getState();
  if (history.futureStates.length === 0) return null;
  editor.getState().endGesture();
  history.redo();
  const { action, at } = editor.getState();
  follow(editor, at);
  return action;
}

function follow(editor: EditorStore, at: Inside): void {
  editor.setState(inFront(editor.getState().whole, at, editor.getState()));
}
