import { text } from "../../text";
import { usePage } from "../page";
import { hasNodes } from "./chosen";
import type { Command } from "./command";
import { canEnter, enter, isInside, leave, usedType } from "./entering";
import { askToMake, dissolveSelected, removeUnused } from "./making";

const { titles } = text.subgraphs;
const usesOne = () => usedType() !== null;

/** Subgraphs: going in and out, making and dissolving them. */
export const ON_SUBGRAPHS: readonly Command[] = [
  { id: "enter-subgraph", title: titles.enter, section: "view", keys: ["E", "Shift+Enter"], menus: ["node"], submenu: "subgraph", usable: canEnter, act: () => enter() },
  { id: "leave-subgraph", title: titles.leave, section: "view", keys: ["U"], menus: ["canvas"], usable: isInside, act: leave },
  { id: "make-subgraph", title: titles.make, section: "edit", keys: ["Mod+Shift+G"], menus: ["node", "group"], submenu: "subgraph", usable: hasNodes, act: askToMake },
  { id: "dissolve-subgraph", title: titles.dissolve, section: "edit", menus: ["node"], submenu: "subgraph", usable: usesOne, act: dissolveSelected },
  { id: "rename-subgraph", title: titles.rename, section: "edit", menus: ["node"], submenu: "subgraph", usable: canEnter, act: () => usePage.getState().show("renameSubgraph") },
  { id: "remove-unused-subgraphs", title: titles.removeUnused, section: "edit", menus: ["more"], act: removeUnused },
];
