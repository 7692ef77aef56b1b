import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { EditorState, EditorStore } from "./editor";
import { useRuns, type NodeRun, type RunView } from "./runs";
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

export function useNodeRun(node: string): NodeRun | null {
  const { id } = useTab();
  return useRuns(({ shown, views }) => views[shown[id] ?? ""]?.nodes[node] ?? null);
}
