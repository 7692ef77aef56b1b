import { create } from "zustand";
import { emptyDocument, type WorkflowDocument } from "../core/document";
import { createEditor, type EditorState, type EditorStore } from "./editor";

export interface Tab {
  readonly id: string;
  readonly editor: EditorStore;
}

interface TabsState {
  tabs: readonly Tab[];
  active: string;
  /** Open a workflow in a tab of its own, in place of an empty one that nobody touched. */
  open(document?: WorkflowDocument, savedAs?: EditorState["savedAs"]): Tab;
  close(id: string): void;
  activate(id: string): void;
}

let count = 0;

export function newTab(document: WorkflowDocument = emptyDocument(), savedAs: EditorState["savedAs"] = null): Tab {
  return { id: `tab-${++count}-${Date.now().toString(36)}`, editor: createEditor(document, savedAs) };
}

const first = newTab();

/** The open workflows. */
export const useTabs = create<TabsState>((set, get) => ({
  tabs: [first],
  active: first.id,
  open(document, savedAs = null) {
    const { tabs, active } = get();
    const opened = newTab(document, savedAs);
    const current = tabs.find((tab) => tab.id === active);
    const untouched = current !== undefined && isUntouched(current.editor.getState());
    set({
      tabs: untouched && document ? tabs.map((tab) => (tab === current ? opened : tab)) : [...tabs, opened],
      active: opened.id,
    });
    return opened;
  },
  close(id) {
    const { tabs, active } = get();
    const index = tabs.findIndex((tab) => tab.id === id);
    const left = tabs.filter((tab) => tab.id !== id);
    const rest = left.length > 0 ? left : [newTab()];
    const next = active === id ? (rest[Math.min(index, rest.length - 1)] as Tab).id : active;
    set({ tabs: rest, active: next });
  },
  activate(id) {
    set({ active: id });
  },
}));

function isUntouched(state: EditorState): boolean {
  return state.savedAs === null && state.whole === state.saved && Object.keys(state.whole.nodes).length === 0;
}

/** The editor of the tab that is in front. */
export function activeEditor(): EditorStore {
  const { tabs, active } = useTabs.getState();
  return (tabs.find((tab) => tab.id === active) ?? (tabs[0] as Tab)).editor;
}
