import { pressed } from "../../state/commands/command";
import { useBrush } from "../../state/brush";
import { text } from "../../text";

/** What the painter can do beside painting. */
export interface PaintActions {
  undo(): void;
  redo(): void;
  invert(): void;
  clear(): void;
  all(): void;
  fit(): void;
  zoom(factor: number): void;
  /** Move the pen that the keyboard leads, by shares of the brush's size. */
  walk(x: number, y: number): void;
  /** Put it down or lift it. */
  pen(): void;
  keep(): void;
}

interface PaintKey {
  readonly keys: readonly string[];
  /** Missing for what is told together with the entry above. */
  readonly title?: string;
  act(actions: PaintActions): void;
}

const { keys: titles } = text.drawing.painter;
const brush = () => useBrush.getState();

/** The keys of the painter, in the order in which it shows them. */
export const PAINT_KEYS: readonly PaintKey[] = [
  { keys: ["B"], title: titles.brush, act: () => brush().choose("brush") },
  { keys: ["E"], title: titles.erase, act: () => brush().choose("erase") },
  { keys: ["G"], title: titles.fill, act: () => brush().choose("fill") },
  { keys: ["[", "]"], title: titles.size, act() {} },
  { keys: ["{", "}"], title: titles.hardness, act() {} },
  { keys: ["Mod+Z"], title: titles.undo, act: (actions) => actions.undo() },
  { keys: ["Mod+Shift+Z", "Mod+Y"], title: titles.redo, act: (actions) => actions.redo() },
  { keys: ["I"], title: titles.invert, act: (actions) => actions.invert() },
  { keys: ["Delete"], title: titles.clear, act: (actions) => actions.clear() },
  { keys: ["A"], title: titles.all, act: (actions) => actions.all() },
  { keys: ["V"], title: titles.alone, act: () => brush().set({ alone: !brush().alone }) },
  { keys: ["0"], title: titles.fit, act: (actions) => actions.fit() },
  { keys: ["+", "-"], title: titles.zoom, act() {} },
  { keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"], title: titles.walk, act() {} },
  { keys: ["Enter"], title: titles.pen, act: (actions) => actions.pen() },
  { keys: ["Mod+Enter", "Mod+S"], title: titles.keep, act: (actions) => actions.keep() },
];

const FAR = 4;
/** What each of several keys of one entry does. */
const SINGLE: Readonly<Record<string, (actions: PaintActions) => void>> = {
  "[": () => brush().resize(false),
  "]": () => brush().resize(true),
  "{": () => brush().harden(-0.1),
  "}": () => brush().harden(0.1),
  "+": ({ zoom }) => zoom(1.25),
  "-": ({ zoom }) => zoom(0.8),
  ArrowLeft: ({ walk }) => walk(-1, 0),
  ArrowRight: ({ walk }) => walk(1, 0),
  ArrowUp: ({ walk }) => walk(0, -1),
  ArrowDown: ({ walk }) => walk(0, 1),
  "Shift+ArrowLeft": ({ walk }) => walk(-FAR, 0),
  "Shift+ArrowRight": ({ walk }) => walk(FAR, 0),
  "Shift+ArrowUp": ({ walk }) => walk(0, -FAR),
  "Shift+ArrowDown": ({ walk }) => walk(0, FAR),
};

/** What a key means for the painter; null for none. */
export function paintAction(event: KeyboardEvent): ((actions: PaintActions) => void) | null {
  const single = Object.entries(SINGLE).find(([keys]) => pressed(keys, event));
  if (single) return single[1];
  return PAINT_KEYS.find((each) => each.keys.some((keys) => pressed(keys, event)))?.act ?? null;
}
