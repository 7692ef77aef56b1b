import { create } from "zustand";

interface Naming {
  /** The group whose title, the note whose text, or the tab whose name is being written; the node whose first field is gone to. */
  writing: string | null;
  write(key: string | null): void;
}

/** Milliseconds: on a busy machine it takes long until a field is there. */
const SOON = 5000;
let begun = -Infinity;

/** What is being written in place right now. */
export const useNaming = create<Naming>((set) => ({
  writing: null,
  write(writing) {
    begun = performance.now();
    set({ writing });
  },
}));

/** Whether a field is about to take the keys that are typed, and may not be drawn yet. */
export function isAboutToWrite(): boolean {
  return useNaming.getState().writing !== null && performance.now() - begun < SOON;
}
