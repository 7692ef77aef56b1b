import { bodyNames } from "../../core/subgraphs/bodies";
import { scopeAt } from "../../core/subgraphs/nesting";
import { useCatalogue } from "../catalogue";
import type { EditorState } from "../editor";
import { activeEditor } from "../tabs";

/** The subgraph that a node of the graph in front runs: as its type, or as the first of its bodies; null if none. */
export function subgraphOf({ whole, inside, document }: EditorState, name: string): string | null {
  const node = document.nodes[name];
  if (!node) return null;
  const scope = scopeAt(whole, inside);
  if (scope.has(node.type)) return node.type;
  const bodies = bodyNames(useCatalogue.getState().nodes.get(node.type), node);
  return bodies.find(([, body]) => scope.has(body))?.[1] ?? null;
}

/** The one node that is selected with the subgraph that it runs, as its type or as a body; null if it runs none. */
export function selected(): { node: string; subgraph: string } | null {
  const state = activeEditor().getState();
  const nodes = state.selection.filter((name) => name in state.document.nodes);
  const [node] = nodes;
  const subgraph = node === undefined || nodes.length > 1 ? null : subgraphOf(state, node);
  return node === undefined || subgraph === null ? null : { node, subgraph };
}

export const canEnter = (): boolean => selected() !== null;
export const isInside = (): boolean => activeEditor().getState().inside.length > 0;

/** Bring the subgraph that a node runs to the front: that of the selected node, unless told otherwise. */
export function enter(node?: string, subgraph?: string): void {
  const state = activeEditor().getState();
  const name = node === undefined ? undefined : (subgraph ?? subgraphOf(state, node));
  const step = node !== undefined && name ? { node, subgraph: name } : selected();
  if (step) state.go([...state.inside, step]);
}

/** Go up to the graph around. */
export function leave(): void {
  const { inside, go } = activeEditor().getState();
  if (inside.length > 0) go(inside.slice(0, -1));
}

/** The subgraph that the selected node uses as its type; null for a body, and for all else. */
export function usedType(): { node: string; type: string } | null {
  const { whole, inside, document, selection } = activeEditor().getState();
  const nodes = selection.filter((name) => name in document.nodes);
  const [node] = nodes;
  const type = document.nodes[node ?? ""]?.type;
  return nodes.length === 1 && node !== undefined && type !== undefined && scopeAt(whole, inside).has(type) ? { node, type } : null;
}

