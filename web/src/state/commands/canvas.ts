import type { Alignment } from "../../core/align";
import { COLOURS, type Colour } from "../../core/palette";
import { text } from "../../text";
import { useCanvasSettings, type Wheel } from "../canvasSettings";
import { usePage } from "../page";
import { activeEditor } from "../tabs";
import { fit, zoom } from "../view";
import { hasGroups, hasItems, hasNodes } from "./chosen";
import { copy, paste } from "./clipboard";
import type { Command } from "./command";
import { removeSelection } from "./editing";
import { addNote, fitGroups, group, selectMembers, write } from "./grouping";
import { addPoints, hasLinks, hasRoutes, straighten, walkLinks } from "./links";
import { colour, isColoured } from "./looks";
import { openMenu } from "./menu";
import { align, distribute, grow, hasSeveral, hasThree } from "./moving";
import { hasSelection } from "./selecting";

const { titles } = text.canvas;
const settings = () => useCanvasSettings.getState();
const hasOneNode = () => {
  const { document, selection } = activeEditor().getState();
  return selection.length === 1 && (selection[0] as string) in document.nodes;
};

const ITEMS: readonly Command[] = [
  { id: "rename", title: titles.rename, section: "edit", keys: ["F2"], menus: ["node", "group", "note"], usable: () => hasOneNode() || hasItems(), act: () => (hasItems() ? write() : usePage.getState().show("rename")) },
  { id: "group", title: titles.group, section: "edit", keys: ["Mod+G"], menus: ["node", "canvas"], act: group },
  { id: "note", title: titles.note, section: "edit", keys: ["N"], menus: ["canvas"], act: addNote },
  { id: "copy", title: titles.copy, section: "edit", menus: ["node", "group", "note"], usable: hasSelection, act: copy },
  { id: "cut", title: titles.cut, section: "edit", menus: ["node", "group", "note"], usable: hasSelection, act: () => copy().then(() => removeSelection(false)) },
  { id: "paste", title: titles.paste, section: "edit", menus: ["canvas"], act: paste },
  { id: "fit-group", title: titles.fitGroup, section: "arrange", menus: ["group"], usable: hasGroups, act: fitGroups },
  { id: "select-members", title: titles.selectMembers, section: "edit", menus: ["group"], usable: hasGroups, act: selectMembers },
];

const LINKS: readonly Command[] = [
  { id: "next-link", title: titles.nextLink, section: "view", keys: ["Shift+L"], act: walkLinks },
  { id: "way-point", title: titles.wayPoint, section: "arrange", keys: ["P"], menus: ["link"], usable: hasLinks, act: addPoints },
  { id: "straighten", title: titles.straighten, section: "arrange", menus: ["link"], usable: hasRoutes, act: straighten },
];

const ALIGNMENTS = Object.keys(titles.align) as Alignment[];
const PLACES: readonly Command[] = [
  ...ALIGNMENTS.map((how): Command => ({
    id: `align-${how}`, title: titles.align[how], section: "arrange", menus: ["node"], submenu: "align", usable: hasSeveral, act: () => align(how),
  })),
  ...(["horizontally", "vertically"] as const).map((direction): Command => ({
    id: `distribute-${direction}`, title: titles.distribute[direction], section: "arrange", menus: ["node"], submenu: "align", usable: hasThree, act: () => distribute(direction),
  })),
  ...growing("Right", titles.wider, 1, 0),
  ...growing("Left", titles.narrower, -1, 0),
  ...growing("Down", titles.taller, 0, 1),
  ...growing("Up", titles.shorter, 0, -1),
];

const LOOKS: readonly Command[] = ([...Object.keys(COLOURS), null] as (Colour | null)[]).map((each) => ({
  id: `colour-${each ?? "none"}`,
  title: titles.colour[each ?? "none"],
  section: "arrange",
  menus: ["node", "group", "note"],
  submenu: "colour",
  ...(each === null ? {} : { hue: COLOURS[each] }),
  usable: hasSelection,
  isOn: () => isColoured(each),
  act: () => colour(each),
}));

const VIEW: readonly Command[] = [
  { id: "fit-selection", title: titles.fitSelection, section: "view", keys: ["Shift+F"], menus: ["node", "group"], usable: hasSelection, act: () => fit(activeEditor().getState().selection) },
  { id: "zoom-in", title: titles.zoomIn, section: "view", keys: ["+"], act: () => zoom(1) },
  { id: "zoom-out", title: titles.zoomOut, section: "view", keys: ["-"], act: () => zoom(-1) },
  { id: "zoom-actual", title: titles.zoomActual, section: "view", keys: ["0"], act: () => zoom(0) },
  { id: "box", title: titles.box, section: "view", menus: ["canvas"], isOn: () => settings().boxing, act: () => settings().change({ boxing: !settings().boxing }) },
  { id: "snap", title: titles.snap, section: "view", menus: ["canvas"], isOn: () => settings().snap, act: () => settings().change({ snap: !settings().snap }) },
  ...(["auto", "mouse", "trackpad"] as const).map((wheel: Wheel): Command => ({
    id: `wheel-${wheel}`, title: titles.wheel[wheel], section: "view", menus: ["canvas"], submenu: "wheel", isOn: () => settings().wheel === wheel, act: () => settings().change({ wheel }),
  })),
  { id: "menu", title: titles.menu, section: "view", keys: ["Shift+F10", "ContextMenu"], hidden: true, act: openMenu },
];

/** What can be done on the canvas, beside what concerns nodes alone. */
export const ON_CANVAS: readonly Command[] = [...ITEMS, ...LINKS, ...PLACES, ...LOOKS, ...VIEW];

function growing(arrow: string, title: string, width: number, height: number): Command[] {
  const usable = () => (width === 0 ? hasItems() : hasItems() || hasNodes());
  return [{ id: `grow-${arrow}`, title, section: "arrange", keys: [`Mod+Arrow${arrow}`], hidden: true, usable, act: () => grow(width * 8, height * 8) }];
}
