/** What the commands on the canvas are about. */
import { boxOf, itemsAmong, kindOf, nodesAmong, withMembers } from "../../core/items";
import type { Box } from "../../core/boxes";
import { activeEditor } from "../tabs";
import { sizes } from "../view";

/** The nodes that are selected, and those that lie in selected groups. */
export function chosenNodes(): string[] {
  const { document, selection } = activeEditor().getState();
  const groups = selection.some((key) => kindOf(key) === "group");
  return nodesAmong(document, groups ? withMembers(document, selection, sizes()) : selection);
}

export const hasNodes = (): boolean => chosenNodes().length > 0;

/** The groups and notes that are selected. */
export function chosenItems(): string[] {
  const { document, selection } = activeEditor().getState();
  return itemsAmong(document, selection);
}

export const hasItems = (): boolean => chosenItems().length > 0;
export const hasGroups = (): boolean => chosenItems().some((key) => kindOf(key) === "group");

/** The boxes of what is selected; what lies in a selected group moves with it, and is left out. */
export function chosenBoxes(): Map<string, Box> {
  const { document, selection } = activeEditor().getState();
  const drawn = sizes();
  const groups = selection.filter((key) => kindOf(key) === "group");
  const carried = new Set(groups.flatMap((key) => withMembers(document, [key], drawn).filter((member) => member !== key)));
  const boxes = new Map<string, Box>();
  for (const key of selection) {
    const box = carried.has(key) ? null : boxOf(document, key, drawn);
    if (box) boxes.set(key, box);
  }
  return boxes;
}
