import { create } from "zustand";

const KEY = "graphengine.start";

interface StartState {
  /** Whether empty canvases show what there is to begin with. */
  shown: boolean;
  /** The tabs in which somebody chose to begin with nothing. */
  empty: ReadonlySet<string>;
  setShown(shown: boolean): void;
  begin(tab: string): void;
}

export const useStart = create<StartState>((set) => ({
  shown: localStorage.getItem(KEY) !== "off",
  empty: new Set(),
  setShown(shown) {
    localStorage.setItem(KEY, shown ? "on" : "off");
    set({ shown });
  },
  begin: (tab) => set(({ empty }) => ({ empty: new Set([...empty, tab]) })),
}));
