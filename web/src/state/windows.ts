import { create } from "zustand";

/** The windows that are open above the page, the topmost last: only in that one can anything be seen, said and clicked. */
export const useWindows = create<{ readonly open: readonly string[] }>(() => ({ open: [] }));

export function opened(window: string): void {
  useWindows.setState(({ open }) => ({ open: [...open, window] }));
}

export function closed(window: string): void {
  useWindows.setState(({ open }) => ({ open: open.filter((other) => other !== window) }));
}
