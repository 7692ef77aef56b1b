import { arranged, liesSame } from "../../core/arrange";
import { linkOf, placeOf } from "../../core/document";
import { disconnect, removeNodes, restyle, setMode } from "../../core/edits";
import { kindOf } from "../../core/items";
import { withBorderBeside } from "../../core/subgraphs/border";
import { isCard } from "../../core/subgraphs/cards";
import { text } from "../../text";
import { activeSchemas } from "../schemas";
import { activeEditor } from "../tabs";
import { port, sizes } from "../view";
import { chosenNodes } from "./chosen";
import { chosenLinks } from "./links";

/** Arrange the chosen nodes, those in chosen groups among them, or all. */
export async function tidy(): Promise<void> {
  const editor = activeEditor();
  const { document, inside, selection, edit } = editor.getState();
  const arrangedNodes = await arranged(document, sizes(), selection, port);
  const tidied = inside.length > 0 ? withBorderBeside(arrangedNodes, sizes()) : arrangedNodes;
  edit(text.actions.tidy, (now) => (now === document && !liesSame(document, tidied) ? tidied : now));
}

/** Remove what is chosen, links too; `reconnect` links what lay before nodes to what comes after. */
export function removeSelection(reconnect: boolean): void {
  const { selection: chosen, edit } = activeEditor().getState();
  const selection = chosen.filter((key) => !isCard(key)); // the border stays
  const links = chosenLinks();
  if (selection.length === 0 && links.length === 0) return;
  const nodes = activeSchemas();
  edit(nameOfRemoval(selection), (before) => {
    const gone = new Set(selection);
    const cut = links.filter(({ node, input }) => !gone.has(node) && !gone.has(linkOf(before.nodes[node]?.inputs[input])?.node ?? ""));
    const unlinked = cut.length > 0 ? disconnect(before, cut, nodes) : before;
    return selection.length > 0 ? removeNodes(unlinked, selection, nodes, reconnect) : unlinked;
  });
}

function nameOfRemoval(selection: readonly string[]): string {
  const nodes = selection.filter((key) => kindOf(key) === null).length;
  if (nodes > 0) return text.actions.remove(nodes);
  return selection.length > 0 ? text.actions.removeItems(selection.length) : text.actions.disconnect;
}

/** Mute or bypass what is chosen, or let it run again if all of it is so already. */
export function toggleMode(mode: "mute" | "bypass"): void {
  const names = chosenNodes();
  if (names.length === 0) return;
  const { document, edit } = activeEditor().getState();
  const all = names.every((name) => document.nodes[name]?.mode === mode);
  edit(all ? text.actions.wake : text.actions[mode], (before) => setMode(before, names, all ? "run" : mode));
}

/** Show the chosen nodes as titles alone, or whole again if all of them are so already. */
export function toggleCollapsed(): void {
  const names = chosenNodes();
  if (names.length === 0) return;
  const { document, edit } = activeEditor().getState();
  const all = names.every((name) => placeOf(document, name)?.collapsed);
  edit(text.actions.collapse, (before) => restyle(before, names, { collapsed: all ? undefined : true }));
}
