import { linkOf, type WorkflowDocument } from "../../core/document";
import { itemKeys, itemOf } from "../../core/items";
import { useNaming } from "../naming";
import { activeEditor } from "../tabs";
import { firstField, isDrawnInFull, showOne } from "../view";
import { leave } from "./entering";

export function selectAll(): void {
  const { document, select } = activeEditor().getState();
  select([...Object.keys(document.nodes), ...itemKeys(document)]);
}

export function hasSelection(): boolean {
  return activeEditor().getState().selection.length > 0;
}

/** Out of a field; from outside of one, select nothing, and where nothing is, leave the subgraph. Tab adds nodes again. */
export function backToCanvas(from?: Element): void {
  useNaming.getState().write(null);
  (window.document.activeElement as HTMLElement | null)?.blur();
  if (from?.closest("input, textarea, select")) return;
  const { selection, links, select } = activeEditor().getState();
  if (selection.length === 0 && links.length === 0) leave();
  else select([]);
}

/** Go into the first field of the selected node, or write the selected note or the title of the selected group. */
export function editFields(): void {
  const { document, selection } = activeEditor().getState();
  const [name] = selection;
  if (name === undefined) return;
  if (itemOf(document, name) === null) {
    const field = firstField(name);
    field?.focus();
    const isDone = field === null ? isDrawnInFull(name) : field === window.document.activeElement;
    if (isDone || !(name in document.nodes)) return;
  }
  useNaming.getState().write(name); // it gets the focus once it's there
  if (!isDrawnInFull(name)) showOne(name);
}

/** Select the next node along a link, or the first of all. */
export function walk(forward: boolean): void {
  const { document, selection, select } = activeEditor().getState();
  const from = selection.find((name) => name in document.nodes);
  const next = from === undefined ? Object.keys(document.nodes)[0] : neighbour(document, from, forward);
  if (next !== undefined) select([next]);
}

function neighbour(document: WorkflowDocument, from: string, forward: boolean): string | undefined {
  if (!forward) {
    const links = Object.values(document.nodes[from]?.inputs ?? {}).map((value) => linkOf(value));
    return links.find((link) => link !== null)?.node;
  }
  return Object.keys(document.nodes).find((name) =>
    Object.values(document.nodes[name]?.inputs ?? {}).some((value) => linkOf(value)?.node === from),
  );
}
