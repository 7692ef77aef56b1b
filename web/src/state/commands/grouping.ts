import { boundsOf, type Box, type Point } from "../../core/boxes";
import { freePlace } from "../../core/freePlace";
import { addItem, boxOf, changeItems, frameAround, type Item, itemKeys, type ItemKind, kindOf, membersOf, nodesAmong } from "../../core/items";
import { text } from "../../text";
import { useNaming } from "../naming";
import { activeEditor } from "../tabs";
import { centre, sizes, snappedPoint, target } from "../view";
import { chosenItems } from "./chosen";

const EMPTY: Readonly<Record<ItemKind, { width: number; height: number }>> = {
  group: { width: 480, height: 320 },
  note: { width: 240, height: 120 },
};

/** A frame around what is chosen; around nothing, an empty one. Its title can be written at once. */
export function group(): void {
  const { document, selection } = activeEditor().getState();
  const drawn = sizes();
  const bounds = boundsOf(selection.map((key) => boxOf(document, key, drawn)).filter((box) => box !== null));
  add("group", bounds ? frameAround(bounds) : somewhere("group"), {});
}

/** A note where the mouse is, or in the middle; its text can be written at once. */
export function addNote(): void {
  add("note", somewhere("note"), { text: "" });
}

function add(kind: ItemKind, box: Box, more: Partial<Item>): void {
  const editor = activeEditor();
  let added = "";
  editor.getState().edit(text.actions[kind], (document) => {
    const [changed, key] = addItem(document, kind, { ...box, ...more });
    added = key;
    return changed;
  });
  editor.getState().select([added]);
  useNaming.getState().write(added);
}

/** Where the menu was opened or the mouse is; else a free place near the middle of what is seen. */
function somewhere(kind: ItemKind): Box {
  const size = EMPTY[kind];
  const at = target();
  if (at) return { ...snappedPoint(at), ...size };
  return { ...snappedPoint(freeNear({ x: centre().x - size.width / 2, y: centre().y - size.height / 2 }, size)), ...size };
}

function freeNear(at: Point, size: { width: number; height: number }): Point {
  const { document } = activeEditor().getState();
  const drawn = sizes();
  const keys = [...Object.keys(document.nodes), ...itemKeys(document)];
  return freePlace({ ...at, ...size }, keys.map((key) => boxOf(document, key, drawn)).filter((box) => box !== null));
}

/** Write the title of the chosen group, or the text of the chosen note. */
export function write(): void {
  const [key] = chosenItems();
  if (key !== undefined) useNaming.getState().write(key);
}

/** Chosen groups become as large as what lies in them needs. */
export function fitGroups(): void {
  const drawn = sizes();
  activeEditor().getState().edit(text.actions.resize, (document) => {
    let changed = document;
    for (const key of chosenItems().filter((each) => kindOf(each) === "group")) {
      const bounds = boundsOf(membersOf(document, key, drawn).map((member) => boxOf(document, member, drawn)).filter((box) => box !== null));
      if (bounds) changed = changeItems(changed, [key], frameAround(bounds));
    }
    return changed;
  });
}

/** Select the nodes that lie in the chosen groups, and no longer the groups. */
export function selectMembers(): void {
  const { document, select } = activeEditor().getState();
  const drawn = sizes();
  const groups = chosenItems().filter((key) => kindOf(key) === "group");
  select([...new Set(groups.flatMap((key) => nodesAmong(document, membersOf(document, key, drawn))))]);
}
