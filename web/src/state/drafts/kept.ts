/** The drafts of all windows, in the browser's database: a record per window, and one per tab. */
import { createStore, delMany, entries, getMany, setMany, type UseStore } from "idb-keyval";
import type { Draft, Drafts } from "./draft";

/** A window that has drafts. `at`: when it last wrote one. */
export interface WindowRecord {
  readonly at: number;
  readonly active: string;
  readonly tabs: readonly string[];
}

const WINDOW = "window/";
const TAB = "tab/";
const LONGEST = 30 * 24 * 3600 * 1000;
const MOST = 50;

let store: UseStore | undefined;

function database(): UseStore {
  return (store ??= createStore("graphengine", "drafts"));
}

const tabKey = (window: string, tab: string): string => `${TAB}${window}/${tab}`;

/** Keep these drafts, and the order of all; those of tabs that are `gone` are dropped. All or nothing. */
export async function keep(window: string, record: WindowRecord, drafts: readonly Draft[], gone: readonly string[]): Promise<void> {
  await setMany([[WINDOW + window, record], ...drafts.map((draft): [string, Draft] => [tabKey(window, draft.id), draft])], database());
  if (gone.length > 0) await delMany(gone.map((tab) => tabKey(window, tab)), database());
}

/** The windows that kept something, the last one first. */
export async function windows(): Promise<[string, WindowRecord][]> {
  const all = await entries<string, WindowRecord>(database());
  return all
    .filter(([key]) => key.startsWith(WINDOW))
    .map(([key, record]): [string, WindowRecord] => [key.slice(WINDOW.length), record])
    .sort((a, b) => b[1].at - a[1].at);
}

export async function read(window: string): Promise<Drafts | null> {
  const [record] = await getMany<WindowRecord | undefined>([WINDOW + window], database());
  if (!record) return null;
  const drafts = await getMany<Draft | undefined>(record.tabs.map((tab) => tabKey(window, tab)), database());
  return { active: record.active, tabs: drafts.filter((draft) => draft !== undefined) };
}

export async function forget(window: string): Promise<void> {
  const all = await entries<string, unknown>(database());
  const mine = all.map(([key]) => key).filter((key) => key === WINDOW + window || key.startsWith(`${TAB}${window}/`));
  await delMany(mine, database());
}

/** Drop what closed windows left long ago, or what is too much. */
export async function tidy(open: ReadonlySet<string>, now: number): Promise<void> {
  const closed = (await windows()).filter(([id]) => !open.has(id));
  for (const [id] of closed.filter(([, { at }], index) => index >= MOST || now - at > LONGEST)) await forget(id);
}
