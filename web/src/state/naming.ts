import { create } from "zustand";

interface Naming {
  /** The group whose title, or the note whose text, is being written. */
  writing: string | null;
  write(key: string | null): void;
}

/** What on the canvas is being written right now. */
export const useNaming = create<Naming>((set) => ({ writing: null, write: (writing) => set({ writing }) }));
