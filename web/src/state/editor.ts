import { temporal } from "zundo";
import { createStore, type StoreApi } from "zustand";
import type { TemporalState } from "zundo";
import { emptyDocument, type WorkflowDocument } from "../core/document";

/** What undo and redo go through. */
interface Edited {
  document: WorkflowDocument;
  /** The name of the change that led here. */
  action: string;
}

/** One open workflow. */
export interface EditorState extends Edited {
  selection: readonly string[];
  /** The name under which the server keeps it, and the version that this is based on. */
  savedAs: { name: string; version: number } | null;
  /** The document as it was last saved or opened; another object than `document` means unsaved changes. */
  saved: WorkflowDocument;
  /** Change the document, as one step of undo; the steps of one `gesture` are one. */
  edit(action: string, change: (document: WorkflowDocument) => WorkflowDocument, gesture?: string): void;
  /** The gesture is over: the next change is a step of its own. */
  endGesture(): void;
  select(names: readonly string[]): void;
  markSaved(savedAs: { name: string; version: number } | null): void;
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
        document,
        action: "",
        selection: [],
        savedAs,
        saved: document,
        edit(action, change, within) {
          const before = get().document;
          const after = change(before);
          if (after === before) return;
          const selection = get().selection.filter((name) => name in after.nodes);
          const history = store.temporal.getState();
          const goesOn = within !== undefined && within === gesture;
          if (goesOn) history.pause();
          set({ document: after, action, selection });
          if (goesOn) history.resume();
          gesture = within ?? null;
        },
        endGesture() {
          gesture = null;
        },
        select(names) {
          const before = get().selection;
          const same = before.length === names.length && before.every((name, index) => name === names[index]);
          if (!same) set({ selection: names });
        },
        markSaved(place) {
          set((state) => ({ savedAs: place, saved: state.document }));
        },
      }),
      {
        limit: MOST_STEPS,
        partialize: ({ document: edited, action }) => ({ document: edited, action }),
        equality: (past, current) => past.document === current.document,
      },
    ),
  ) as EditorStore;
  return store;
}

/** Undo the last step; returns its name, or null if there was none. */
export function undo(editor: EditorStore): string | null {
  const history = editor.temporal.getState();
  if (history.pastStates.length === 0) return null;
  const { action } = editor.getState();
  editor.getState().endGesture();
  history.undo();
  dropGoneFromSelection(editor);
  return action;
}

/** Do again what was undone last; returns its name, or null if there was nothing. */
export function redo(editor: EditorStore): string | null {
  const history = editor.temporal.getState();
  if (history.futureStates.length === 0) return null;
  editor.getState().endGesture();
  history.redo();
  dropGoneFromSelection(editor);
  return editor.getState().action;
}

function dropGoneFromSelection(editor: EditorStore): void {
  const { selection, document, select } = editor.getState();
  select(selection.filter((name) => name in document.nodes));
}
