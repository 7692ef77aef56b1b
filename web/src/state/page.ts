import { create } from "zustand";
import type { PortAt } from "../core/linking";

/** Where a new node goes, and what it is to be linked with. */
export interface Adding {
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly port?: PortAt;
}

export type Dialog = "files" | "save" | "conflict" | "shortcuts" | "find" | "linking" | "commands" | "rename" | "makeSubgraph" | "renameSubgraph" | "port" | "versions" | null;
export type Side = "results" | "queue" | "problems" | null;

interface Notice {
  readonly id: number;
  readonly text: string;
  readonly bad: boolean;
  readonly action?: NoticeAction | undefined;
}

/** What a notice offers to do. */
export interface NoticeAction {
  readonly label: string;
  act(): void;
}

interface PageState {
  palette: Adding | null;
  dialog: Dialog;
  side: Side;
  form: boolean;
  theme: "dark" | "light" | null;
  notices: readonly Notice[];
  needsToken: boolean;
  openPalette(adding: Adding): void;
  closePalette(): void;
  show(dialog: Dialog): void;
  setSide(side: Side): void;
  toggleForm(): void;
  toggleTheme(): void;
  /** Say something for a while; returns by what it can be dismissed before that. */
  notify(text: string, bad?: boolean, action?: NoticeAction): number;
  dismiss(id: number): void;
  askForToken(yes: boolean): void;
}

const THEME = "graphengine.theme";
const NOTICE_SECONDS = 6;
let notices = 0;

/** What is open on the page, beside the workflows themselves. */
export const usePage = create<PageState>((set, get) => ({
  palette: null,
  dialog: null,
  side: window.innerWidth > 900 ? "results" : null,
  form: false,
  theme: readTheme(),
  notices: [],
  needsToken: false,
  openPalette: (palette) => set({ palette }),
  closePalette: () => set({ palette: null }),
  show: (dialog) => set({ dialog }),
  setSide: (side) => set({ side }),
  toggleForm: () => set({ form: !get().form }),
  toggleTheme() {
    const dark = (get().theme ?? (window.matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark")) === "dark";
    const theme = dark ? "light" : "dark";
    localStorage.setItem(THEME, theme);
    set({ theme });
  },
  notify(text, bad = true, action) {
    const id = ++notices;
    set({ notices: [...get().notices.filter((notice) => notice.text !== text), { id, text, bad, action }] });
    setTimeout(() => get().dismiss(id), (action ? 2 : 1) * NOTICE_SECONDS * 1000);
    return id;
  },
  dismiss: (id) => set({ notices: get().notices.filter((notice) => notice.id !== id) }),
  askForToken: (needsToken) => set({ needsToken }),
}));

function readTheme(): "dark" | "light" | null {
  const theme = localStorage.getItem(THEME);
  return theme === "dark" || theme === "light" ? theme : null;
}
