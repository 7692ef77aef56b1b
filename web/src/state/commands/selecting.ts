import { linkOf, type WorkflowDocument } from "../../core/document";
import { activeEditor } from "../tabs";

export function selectAll(): void {
  const { document, select } = activeEditor().getState();
  select(Object.keys(document.nodes));
}

export function hasSelection(): boolean {
  return activeEditor().getState().selection.length > 0;
}

/** Out of a field, and from outside of one, select nothing; Tab adds nodes again. */
export function backToCanvas(from?: Element): void {
  (window.document.activeElement as HTMLElement | null)?.blur();
  if (!from?.closest("input, textarea, select")) activeEditor().getState().select([]);
}

/** Go into the first field of the selected node. */
export function editFields(): void {
  const [name] = activeEditor().getState().selection;
  if (name === undefined) return;
  const card = window.document.querySelector(`.react-flow__node[data-id="${CSS.escape(name)}"]`);
  card?.querySelector<HTMLElement>("input, select, textarea, .more")?.focus();
}

/** Select the next node along a link, or the first of all. */
export function walk(forward: boolean): void {
  const { document, selection, select } = activeEditor().getState();
  const from = selection[0];
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
