import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { NodeRun, RunView } from "../core/runs/view";
import type { EditorState, EditorStore } from "./editor";
import { runsInBody } from "./places";
import { useRuns } from "./runs";
import type { Tab } from "./tabs";

/** The tab that a part of the page belongs to. */
export const TabContext = createContext<Tab | null>(null);

export function useTab(): Tab {
  const tab = useContext(TabContext);
  if (tab === null) throw new Error("useTab is for what is inside a tab");
  return tab;
}

export function useEditorStore(): EditorStore {
  return useTab().editor;
}

/** Something of the workflow in this tab; draws anew when it changes. */
export function useEditor<T>(selector: (state: EditorState) => T): T {
  return useStore(useEditorStore(), selector);
}

/** The run that this tab shows. */
export function useRunView(): RunView | null {
  const { id } = useTab();
  return useRuns(({ shown, views }) => views[shown[id] ?? ""] ?? null);
}

/** Where a node of the graph in front is in the whole workflow: `outer/inner`. */
export function usePath(node: string): string {
  return useEditor(({ inside }) => [...inside.map((entered) => entered.node), node].join("/"));
}

/** What became of a node of the graph in front in the run that this tab shows. */
export function useNodeRun(node: string): NodeRun | null {
  const { id } = useTab();
  const path = usePath(node);
  const store = useEditorStore();
  const inside = useEditor((state) => state.inside);
  return useRuns(({ shown, views }) => {
    const runs = views[shown[id] ?? ""]?.nodes;
    if (!runs) return null;
    if (inside.length === 0 || path in runs) return runs[path] ?? null;
    return runsInBody(store.getState().whole, inside, runs).get(node) ?? null;
  });
}
