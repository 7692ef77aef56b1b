/** Where a command stands in the overview and in the palette. */
export type Section = "workflow" | "run" | "edit" | "arrange" | "view";

/** A menu that a command is in: that of a node, a group, a note, a link, the canvas, or the toolbar's. */
export type Menu = "node" | "group" | "note" | "link" | "canvas" | "more";

/** A menu inside of one, for commands that belong together. */
export type Submenu = "colour" | "align" | "wheel" | "subgraph";

/** Something people can do by keyboard, palette and menu. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly section: Section;
  /** Such as `Mod+Shift+Z`; `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
  readonly keys?: readonly string[];
  readonly menus?: readonly Menu[];
  readonly submenu?: Submenu;
  /** Other words that people look for it by. */
  readonly also?: string;
  /** Where its keys count: everywhere, also in fields; where no field has the focus (by default); on the graph alone; in fields, which see to it themselves. */
  readonly where?: "anywhere" | "outside" | "graph" | "fields";
  /** Only in the overview of keys: what makes no sense in a palette. */
  readonly hidden?: boolean;
  usable?(): boolean;
  /** Of a colour: its hue. */
  readonly hue?: number;
  /** Of what can be on or off: whether it is on. */
  isOn?(): boolean;
  /** `from`: where the focus was, if it was by keyboard. */
  act(from?: Element): void | Promise<unknown>;
}

const MAC = typeof navigator !== "undefined" && /Mac|iP(hone|ad)/.test(navigator.platform);
const NAMES: Readonly<Record<string, string>> = MAC
  ? { Mod: "⌘", Shift: "⇧", Alt: "⌥" }
  : { Mod: "Ctrl" };
const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ContextMenu: "Menu",
};

/** Whether an event of the keyboard is what `keys` says. */
export function pressed(keys: string, event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1) as string;
  if (event.key.toLowerCase() !== key.toLowerCase()) return false;
  if ((event.ctrlKey || event.metaKey) !== parts.includes("Mod") || event.altKey !== parts.includes("Alt")) return false;
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase(); // such as `?`, which may need Shift
  return isSign || event.shiftKey === parts.includes("Shift");
}

/** Keys as people know them: `Ctrl+Shift+Z`. */
export function shownKeys(keys: string): string {
  const parts = keys.split("+").map((part) => NAMES[part] ?? SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return parts.join(MAC ? "" : "+");
}

export function isUsable(command: Command): boolean {
  return command.usable?.() ?? true;
}
