import { arranged } from "../../core/arrange";
import { placeOf } from "../../core/document";
import { moveNodes, removeNodes, restyle, setMode } from "../../core/edits";
import { text } from "../../text";
import { useCatalogue } from "../catalogue";
import { activeEditor } from "../tabs";
import { sizes } from "../view";

/** Arrange the chosen nodes, or all. */
export async function tidy(): Promise<void> {
  const editor = activeEditor();
  const { document, selection, edit } = editor.getState();
  const tidied = await arranged(document, sizes(), selection);
  edit(text.actions.tidy, (now) => (now === document ? tidied : now));
}

/** Remove what is chosen; `reconnect` links what lay before to what comes after. */
export function removeSelection(reconnect: boolean): void {
  const { selection, edit } = activeEditor().getState();
  if (selection.length === 0) return;
  const { nodes } = useCatalogue.getState();
  edit(text.actions.remove(selection.length), (document) => removeNodes(document, selection, nodes, reconnect));
}

/** Mute or bypass what is chosen, or let it run again if all of it is so already. */
export function toggleMode(mode: "mute" | "bypass"): void {
  const { document, selection, edit } = activeEditor().getState();
  if (selection.length === 0) return;
  const all = selection.every((name) => document.nodes[name]?.mode === mode);
  edit(all ? text.actions.wake : text.actions[mode], (before) => setMode(before, selection, all ? "run" : mode));
}

/** Move what is chosen by so many pixels. */
export function nudge(x: number, y: number): void {
  const { document, selection, edit } = activeEditor().getState();
  if (selection.length === 0) return;
  const positions = Object.fromEntries(
    selection.map((name) => {
      const place = placeOf(document, name) ?? { x: 0, y: 0 };
      return [name, { x: place.x + x, y: place.y + y }];
    }),
  );
  edit(text.actions.move(selection.length), (before) => moveNodes(before, positions), "nudge");
}

/** Show the chosen nodes as titles alone, or whole again if all of them are so already. */
export function toggleCollapsed(): void {
  const { document, selection, edit } = activeEditor().getState();
  if (selection.length === 0) return;
  const all = selection.every((name) => placeOf(document, name)?.collapsed);
  edit(text.actions.collapse, (before) => restyle(before, selection, { collapsed: all ? undefined : true }));
}
