import { create } from "zustand";

interface RunSettings {
  /** How many runs one press queues. */
  count: number;
  /** By tab: whether it runs by itself when it changes. */
  onChange: Readonly<Record<string, boolean>>;
  setCount(count: number): void;
  toggleOnChange(tab: string): void;
}

export const MOST_RUNS = 100;

/** How workflows are run from this page. */
export const useRunSettings = create<RunSettings>((set) => ({
  count: 1,
  onChange: {},
  setCount: (count) => set({ count: Math.min(MOST_RUNS, Math.max(1, Math.round(count) || 1)) }),
  toggleOnChange: (tab) => set(({ onChange }) => ({ onChange: { ...onChange, [tab]: !onChange[tab] } })),
}));
