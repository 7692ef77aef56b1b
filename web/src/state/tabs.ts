import { create } from "zustand";
import { emptyDocument, type WorkflowDocument } from "../core/document";
import { createEditor, type EditorState, type EditorStore } from "./editor";
import { newId } from "./identity";

export interface Tab {
  /** Also the name of this session of editing, for the server. */
  readonly id: string;
  readonly editor: EditorStore;
}

/** A tab that was closed, and where it stood. */
interface Closed {
  readonly tab: Tab;
  readonly index: number;
}

interface TabsState {
  tabs: readonly Tab[];
  active: string;
  /** The last ones that were closed, with all their steps of undo; the newest last. */
  closed: readonly Closed[];
  /** Open a workflow in a tab of its own, in place of an empty one that nobody touched. */
  open(document?: WorkflowDocument, savedAs?: EditorState["savedAs"]): Tab;
  close(id: string): void;
  /** Bring back the tab that was closed last; null if there is none. */
  reopen(): Tab | null;
  /** Move a tab to a place among the others. */
  move(id: string, index: number): void;
  activate(id: string): void;
}

const MOST_CLOSED = 20;

export function newTab(document: WorkflowDocument = emptyDocument(), savedAs: EditorState["savedAs"] = null, id = newId()): Tab {
  return { id, editor: createEditor(document, savedAs) };
}

const first = newTab();

/** The open workflows. */
export const useTabs = create<TabsState>((set, get) => ({
  tabs: [first],
  active: first.id,
  closed: [],
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
    const { tabs, active, closed } = get();
    const index = tabs.findIndex((tab) => tab.id === id);
    const tab = tabs[index];
    if (!tab) return;
    const left = tabs.filter((each) => each !== tab);
    const rest = left.length > 0 ? left : [newTab()];
    const next = active === id ? (rest[Math.min(index, rest.length - 1)] as Tab).id : active;
    const kept = isUntouched(tab.editor.getState()) ? closed : [...closed, { tab, index }].slice(-MOST_CLOSED);
    set({ tabs: rest, active: next, closed: kept });
  },
  reopen() {
    const { tabs, closed } = get();
    const last = closed.at(-1);
    if (!last) return null;
    const only = tabs.length === 1 && isUntouched((tabs[0] as Tab).editor.getState());
    set({ tabs: only ? [last.tab] : tabs.toSpliced(last.index, 0, last.tab), active: last.tab.id, closed: closed.slice(0, -1) });
    return last.tab;
  },
  move(id, index) {
    const { tabs } = get();
    const tab = tabs.find((each) => each.id === id);
    if (!tab || index < 0 || index >= tabs.length) return;
    set({ tabs: tabs.filter((each) => each !== tab).toSpliced(index, 0, tab) });
  },
  activate(id) {
    set({ active: id });
  },
}));

/** Whether nothing was done in it, and nothing opened. */
export function isUntouched(state: EditorState): boolean {
  return state.savedAs === null && state.whole === state.saved && Object.keys(state.whole.nodes).length === 0;
}

export function activeTab(): Tab {
  const { tabs, active } = useTabs.getState();
  return tabs.find((tab) => tab.id === active) ?? (tabs[0] as Tab);
}

/** The editor of the tab that is in front. */
export function activeEditor(): EditorStore {
  return activeTab().editor;
}
