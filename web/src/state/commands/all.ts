import { text } from "../../text";
import { redo, undo } from "../editor";
import { usePage } from "../page";
import { lookAgain } from "../models";
import { activeEditor } from "../tabs";
import { fit, menuPlace } from "../view";
import { ON_CANVAS } from "./canvas";
import { hasNodes } from "./chosen";
import { duplicate } from "./clipboard";
import type { Command } from "./command";
import { removeSelection, tidy, toggleCollapsed, toggleMode } from "./editing";
import { hasLinks } from "./links";
import { nudge } from "./moving";
import { ON_DOCUMENTS } from "./onDocuments";
import { ON_RUNS } from "./onRuns";
import { resetSelection } from "./resetting";
import { ON_SUBGRAPHS } from "./subgraphs";
import { lookForPlugins } from "./plugins";
import { canPaint, paintChosen } from "./painting";
import { backToCanvas, editFields, hasSelection, selectAll, walk } from "./selecting";

const { titles } = text.commands;
const page = () => usePage.getState();
const NUDGE = 8;

const EDIT: readonly Command[] = [
  { id: "undo", title: titles.undo, section: "edit", keys: ["Mod+Z"], act: () => void undo(activeEditor()) },
  { id: "redo", title: titles.redo, section: "edit", keys: ["Mod+Shift+Z", "Mod+Y"], menus: ["more"], act: () => void redo(activeEditor()) },
  { id: "add", title: titles.addNode, section: "edit", keys: ["Tab"], menus: ["canvas"], where: "graph", act: () => page().openPalette({ at: menuPlace() }) },
  { id: "plugins", title: text.plugins.look, section: "edit", act: lookForPlugins },
  { id: "link", title: titles.link, section: "edit", keys: ["L"], menus: ["node"], usable: hasNodes, act: () => page().show("linking") },
  { id: "clipboard", title: titles.clipboard, section: "edit", keys: ["Mod+C", "Mod+X", "Mod+V"], hidden: true, usable: () => false, act() {} },
  { id: "weigh", title: titles.weigh, section: "edit", keys: ["Mod+ArrowUp", "Mod+ArrowDown"], where: "fields", hidden: true, act() {} },
  { id: "look-again", title: titles.lookAgain, section: "edit", act: lookAgain },
  { id: "reset", title: titles.reset, section: "edit", menus: ["node"], usable: hasSelection, act: resetSelection },
  { id: "duplicate", title: titles.duplicate, section: "edit", keys: ["Mod+D"], menus: ["node", "group", "note"], usable: hasSelection, act: duplicate },
  { id: "select-all", title: titles.selectAll, section: "edit", keys: ["Mod+A"], menus: ["canvas"], act: selectAll },
  { id: "mute", title: titles.mute, section: "edit", keys: ["M"], menus: ["node", "group"], usable: hasNodes, act: () => toggleMode("mute") },
  { id: "bypass", title: titles.bypass, section: "edit", keys: ["B"], menus: ["node", "group"], usable: hasNodes, act: () => toggleMode("bypass") },
  { id: "paint-mask", title: text.drawing.mask.paint, section: "edit", menus: ["node"], usable: canPaint, act: paintChosen },
  { id: "remove", title: titles.remove, section: "edit", keys: ["Delete", "Backspace"], menus: ["node", "group", "note", "link"], usable: () => hasSelection() || hasLinks(), act: () => removeSelection(false) },
  { id: "remove-around", title: titles.removeAround, section: "edit", keys: ["Shift+Delete"], menus: ["node"], usable: hasNodes, act: () => removeSelection(true) },
  { id: "fields", title: titles.fields, section: "edit", keys: ["Enter"], where: "graph", hidden: true, usable: hasSelection, act: editFields },
  { id: "back", title: titles.back, section: "edit", keys: ["Escape"], where: "anywhere", hidden: true, act: backToCanvas },
];

const ARRANGE: readonly Command[] = [
  { id: "tidy", title: titles.tidy, section: "arrange", menus: ["canvas", "more"], act: tidy },
  { id: "collapse", title: titles.collapse, section: "arrange", keys: ["C"], menus: ["node", "group"], usable: hasNodes, act: toggleCollapsed },
  ...moving("Left", titles.moveLeft, -1, 0),
  ...moving("Right", titles.moveRight, 1, 0),
  ...moving("Up", titles.moveUp, 0, -1),
  ...moving("Down", titles.moveDown, 0, 1),
];

const VIEW: readonly Command[] = [
  { id: "fit", title: titles.fit, section: "view", keys: ["F"], menus: ["canvas", "more"], act: () => fit() },
  { id: "find", title: titles.find, section: "view", keys: ["Mod+F"], menus: ["canvas", "more"], where: "anywhere", act: () => page().show("find") },
  { id: "previous-node", title: titles.previousNode, section: "view", keys: ["Alt+ArrowLeft", "Alt+ArrowUp"], hidden: true, act: () => walk(false) },
  { id: "next-node", title: titles.nextNode, section: "view", keys: ["Alt+ArrowRight", "Alt+ArrowDown"], hidden: true, act: () => walk(true) },
  { id: "form", title: titles.form, section: "view", menus: ["more"], act: () => page().toggleForm() },
  { id: "theme", title: titles.theme, section: "view", menus: ["more"], act: () => page().toggleTheme() },
  { id: "results", title: titles.results, section: "view", act: () => page().setSide("results") },
  { id: "problems", title: titles.problems, section: "view", act: () => page().setSide("problems") },
  { id: "panel", title: titles.panel, section: "view", menus: ["more"], act: () => page().setSide(page().side === null ? "results" : null) },
  { id: "commands", title: titles.commands, section: "view", keys: ["Mod+K"], menus: ["more"], where: "anywhere", hidden: true, act: () => page().show("commands") },
  { id: "keys", title: titles.keys, section: "view", keys: ["?"], menus: ["more"], act: () => page().show("shortcuts") },
];

/** All that people can do: the keyboard, the palette, the menus and the overview of keys are drawn from this. */
export const COMMANDS: readonly Command[] = [...ON_DOCUMENTS, ...ON_RUNS, ...EDIT, ...ARRANGE, ...ON_CANVAS, ...ON_SUBGRAPHS, ...VIEW].map(foundBy);

function foundBy(command: Command): Command {
  const also = text.commands.also[command.id];
  return also === undefined ? command : { ...command, also };
}

/** Two ways of moving the selection: by a step of the grid, and, with Shift, by eight. */
function moving(arrow: string, title: string, x: number, y: number): Command[] {
  const by = (steps: number) => () => nudge(x * NUDGE * steps, y * NUDGE * steps);
  const common = { title, section: "arrange", hidden: true, usable: hasSelection } as const;
  return [
    { ...common, id: `move-${arrow}`, keys: [`Arrow${arrow}`], act: by(1) },
    { ...common, id: `move-${arrow}-far`, keys: [`Shift+Arrow${arrow}`], act: by(8) },
  ];
}
