/** What is open is kept in this browser, so that a closed window, a crash or a lost server loses nothing. */
import { text } from "../../text";
import { usePage } from "../page";
import { useRuns } from "../runs";
import { isUntouched, type Tab, useTabs } from "../tabs";
import { draftOf, type Drafts, isWorthKeeping, tabOf } from "./draft";
import * as kept from "./kept";
import { comeBack, leave } from "./leaving";
import { hold, living, nameBefore, newWindow, resume, setName } from "./windows";

const PAUSE = 300;

/** Bring back what was open in this window, or in the last one if there is no other, and keep it from now on. */
export async function keepDrafts(): Promise<void> {
  const left = comeBack();
  const before = nameBefore();
  let window: string;
  if (left !== null && before !== null) {
    resume(before);
    window = before;
    show(left);
  } else {
    try {
      window = await found(before);
    } catch {
      window = await newWindow(); // no database here
    }
  }
  setName(window);
  watch(window);
}

/** Who this window is, with its drafts shown. */
async function found(before: string | null): Promise<string> {
  if (before !== null) {
    const mine = await hold(before);
    const drafts = await kept.read(before);
    if (drafts) show(drafts, !mine); // else this is a copy of a window that is still open
    return mine ? before : newWindow();
  }
  if ((await living()).size === 0) {
    for (const [id] of await kept.windows()) {
      const drafts = await kept.read(id);
      if (!drafts?.tabs.some(isWorthKeeping) || !(await hold(id))) continue;
      show(drafts);
      return id;
    }
  }
  return newWindow();
}

function show({ tabs, active }: Drafts, copies = false): void {
  const runs = new Map<string, string>();
  const opened = tabs
    .map((draft) => {
      const tab = tabOf(draft, copies);
      if (tab && draft.run) runs.set(tab.id, draft.run);
      return tab;
    })
    .filter((tab) => tab !== null);
  if (opened.length === 0) return;
  const front = opened.find(({ id }) => id === active) ?? (opened[0] as Tab);
  const begun = useTabs.getState().tabs.filter(({ editor }) => !isUntouched(editor.getState())); // where the database was slow
  useTabs.setState({ tabs: [...opened, ...begun], active: begun.at(-1)?.id ?? front.id });
  for (const [tab, run] of runs) void useRuns.getState().show(tab, run);
}

/** Write what changes, soon after it changed. */
function watch(id: string): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = new Set<Tab>();
  let known: readonly Tab[] = [];
  const soon = () => {
    timer ??= setTimeout(write, PAUSE);
  };
  const write = () => {
    timer = undefined;
    const { tabs, active } = useTabs.getState();
    const drafts = tabs.filter((tab) => changed.has(tab)).map(draftOf);
    changed.clear();
    const gone = known.filter((tab) => !tabs.includes(tab)).map((tab) => tab.id);
    known = tabs;
    comeBack(); // what was written when the page was left is older now
    const record = { at: Date.now(), active, tabs: tabs.map((tab) => tab.id) };
    kept.keep(id, record, drafts, gone).catch(tellOnce);
  };
  const follow = () => {
    for (const tab of useTabs.getState().tabs) {
      if (watched.has(tab)) continue;
      watched.add(tab);
      changed.add(tab);
      tab.editor.subscribe((now, before) => {
        if (now.whole === before.whole && now.saved === before.saved && now.savedAs === before.savedAs) return;
        changed.add(tab);
        soon();
      });
    }
    soon();
  };
  const watched = new WeakSet<Tab>();
  useTabs.subscribe(follow);
  useRuns.subscribe(({ shown }, before) => {
    if (shown === before.shown) return;
    for (const tab of useTabs.getState().tabs) if (shown[tab.id] !== before.shown[tab.id]) changed.add(tab);
    soon();
  });
  follow();
  window.addEventListener("pagehide", () => {
    write();
    const { tabs, active } = useTabs.getState();
    leave({ active, tabs: tabs.map(draftOf) });
  });
  void living().then((open) => kept.tidy(new Set([...open, id]), Date.now()), () => {});
}

let told = false;

function tellOnce(): void {
  if (!told) usePage.getState().notify(text.drafts.noRoom);
  told = true;
}
