/** What is open is kept in this browser, so that a closed window or a lost server loses nothing. */
import { type WorkflowDocument, readDocument } from "../core/document";
import { isObject, type Json, parseJson, writeJson } from "../core/json";
import type { EditorState } from "./editor";
import { useRuns } from "./runs";
import { newTab, type Tab, useTabs } from "./tabs";

const KEY = "graphengine.drafts";
const PAUSE = 500;

interface Draft {
  readonly document: WorkflowDocument;
  readonly savedAs: EditorState["savedAs"];
  readonly changed: boolean;
  /** The run that the tab shows. */
  readonly run: string | null;
}

/** Bring back what was open, and keep it from now on. */
export function keepDrafts(): void {
  const kept = read();
  if (kept.length > 0) {
    const tabs = kept.map(restored);
    useTabs.setState({ tabs, active: (tabs[0] as Tab).id });
    useRuns.setState({ shown: Object.fromEntries(tabs.flatMap(({ id }, index) => (kept[index]?.run ? [[id, kept[index].run]] : []))) });
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watched = new Set<Tab>();
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE);
  };
  const watch = () => {
    for (const tab of useTabs.getState().tabs) {
      if (watched.has(tab)) continue;
      watched.add(tab);
      tab.editor.subscribe(soon);
    }
    soon();
  };
  useTabs.subscribe(watch);
  useRuns.subscribe((now, before) => {
    if (now.shown !== before.shown) soon();
  });
  watch();
  window.addEventListener("pagehide", write);
}

function write(): void {
  const { tabs, active } = useTabs.getState();
  const inFront = [...tabs].sort((a, b) => Number(b.id === active) - Number(a.id === active));
  const { shown } = useRuns.getState();
  const drafts = inFront.map(({ id, editor }) => {
    const { whole, savedAs, saved } = editor.getState();
    return { document: whole, savedAs, changed: whole !== saved, run: shown[id] ?? null };
  });
  try {
    localStorage.setItem(KEY, writeJson(drafts as unknown as Json));
  } catch {
    // the browser's room is used up: the server still has what was saved
  }
}

function read(): Draft[] {
  try {
    const kept = parseJson(localStorage.getItem(KEY) ?? "[]");
    if (!Array.isArray(kept)) return [];
    return kept.filter(isObject).map((draft) => ({
      document: readDocument(draft["document"] ?? null),
      savedAs: draft["savedAs"] as unknown as EditorState["savedAs"],
      changed: draft["changed"] === true,
      run: typeof draft["run"] === "string" ? draft["run"] : null,
    }));
  } catch {
    return [];
  }
}

function restored({ document, savedAs, changed }: Draft): Tab {
  const tab = newTab(document, savedAs);
  if (changed) tab.editor.setState({ saved: { ...document } });
  return tab;
}
