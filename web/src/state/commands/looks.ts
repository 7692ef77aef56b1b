import { placeOf } from "../../core/document";
import { restyle } from "../../core/edits";
import { changeItems, itemOf, nodesAmong } from "../../core/items";
import type { Colour } from "../../core/palette";
import { text } from "../../text";
import { activeEditor } from "../tabs";
import { chosenItems } from "./chosen";

/** Give what is chosen a colour, or none. */
export function colour(chosen: Colour | null): void {
  const { document, selection, edit } = activeEditor().getState();
  const change = { colour: chosen ?? undefined };
  const names = nodesAmong(document, selection);
  edit(text.actions.colour, (before) => changeItems(names.length > 0 ? restyle(before, names, change) : before, chosenItems(), change));
}

/** Whether all that is chosen has this colour. */
export function isColoured(wanted: Colour | null): boolean {
  const { document, selection } = activeEditor().getState();
  return selection.length > 0 && selection.every((key) => (itemOf(document, key) ?? placeOf(document, key))?.colour === (wanted ?? undefined));
}
