/** What has a name on the server is saved there by itself, a moment after the last change. */
import { create } from "zustand";
import { ApiError, Offline } from "../api/http";
import { text } from "../text";
import { usePage } from "./page";
import { useRuns } from "./runs";
import { saveTab, useSaving } from "./saving";
import { type Tab, useTabs } from "./tabs";

const KEY = "graphengine.autosave";
const PAUSE = 3000;
const FIRST_AGAIN = 5000;
const LONGEST_AGAIN = 120_000;

interface AutosaveState {
  on: boolean;
  toggle(): void;
}

export const useAutosave = create<AutosaveState>((set, get) => ({
  on: localStorage.getItem(KEY) !== "off",
  toggle() {
    const on = !get().on;
    localStorage.setItem(KEY, on ? "on" : "off");
    set({ on });
    if (on) for (const tab of useTabs.getState().tabs) soon(tab);
  },
}));

const timers = new Map<string, ReturnType<typeof setTimeout>>();
const pauses = new Map<string, number>();

/** Save by itself from now on, and what a lost connection has kept from being saved once it is back. */
export function keepSaved(): void {
  const watched = new WeakSet<Tab>();
  const follow = () => {
    const { tabs } = useTabs.getState();
    for (const tab of tabs) {
      if (watched.has(tab)) continue;
      watched.add(tab);
      soon(tab);
      tab.editor.subscribe((now, before) => now.whole !== before.whole && soon(tab));
    }
  };
  useTabs.subscribe((now, before) => {
    follow();
    // What was just closed won't be looked at any more.
    for (const tab of before.tabs) if (!now.tabs.includes(tab) && timers.has(tab.id)) void save(tab);
  });
  follow();
  useRuns.subscribe((now, before) => {
    if (now.connected && before.connected === false) for (const tab of useTabs.getState().tabs) again(tab, 0);
  });
}

function needsSaving(tab: Tab): boolean {
  const { whole, saved, savedAs } = tab.editor.getState();
  return useAutosave.getState().on && savedAs !== null && whole !== saved && useSaving.getState().tabs[tab.id]?.state !== "conflict";
}

function soon(tab: Tab, pause = PAUSE): void {
  clearTimeout(timers.get(tab.id));
  timers.delete(tab.id);
  if (needsSaving(tab)) timers.set(tab.id, setTimeout(() => void save(tab), pause));
}

function again(tab: Tab, pause: number): void {
  const saving = useSaving.getState().tabs[tab.id];
  if (saving?.state === "failed" && saving.again) soon(tab, pause);
}

async function save(tab: Tab): Promise<void> {
  clearTimeout(timers.get(tab.id));
  timers.delete(tab.id);
  const { savedAs } = tab.editor.getState();
  if (savedAs === null || !needsSaving(tab)) return;
  const { set } = useSaving.getState();
  set(tab.id, { state: "saving" });
  try {
    const version = await saveTab(tab, savedAs.name, { automatic: true });
    pauses.delete(tab.id);
    set(tab.id, version === null ? { state: "conflict" } : { state: "saved", at: Date.now() });
    if (version === null) usePage.getState().notify(text.files.conflict(savedAs.name));
  } catch (error) {
    failed(tab, error);
  }
}

/** Say why it isn't saved, and try again where that can help. */
export function failed(tab: Tab, error: unknown): void {
  const { again: retried, why } = reason(error);
  useSaving.getState().set(tab.id, { state: "failed", why, again: retried });
  if (error instanceof ApiError && error.status === 401) usePage.getState().askForToken(true);
  if (!retried) return;
  const pause = pauses.get(tab.id) ?? FIRST_AGAIN;
  pauses.set(tab.id, Math.min(pause * 2, LONGEST_AGAIN));
  soon(tab, pause);
}

function reason(error: unknown): { why: string; again: boolean } {
  if (error instanceof Offline) return { why: text.saving.offline, again: true };
  if (!(error instanceof ApiError)) return { why: String(error), again: false };
  if (error.status === 507) return { why: text.saving.full, again: true };
  if (error.status === 401) return { why: text.saving.token, again: true };
  if (error.status === 404) return { why: text.saving.gone, again: false };
  return { why: error.message, again: error.status >= 500 || error.status === 429 };
}
