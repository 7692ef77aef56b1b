import type { NodeRun, RunView } from "./runs/view";

export interface Progress {
  /** From 0 to 1. */
  readonly part: number;
  /** The node at work, with its step. */
  readonly at: { readonly node: string; readonly step: number; readonly total: number } | null;
}

/** How far a run is: each node that it was to make from the start counts as much, and one at work for the steps that it has done. */
export function progressOf({ nodes, planned }: Pick<RunView, "nodes" | "planned">): Progress {
  const at = Object.entries(nodes).findLast(([, { state }]) => state === "running");
  const done = [...planned].reduce((sum, name) => sum + partOf(nodes[name]), 0);
  return {
    part: planned.size === 0 ? 0 : done / planned.size,
    at: at ? { node: at[0], step: at[1].step ?? 0, total: at[1].total ?? 0 } : null,
  };
}

function partOf(node: NodeRun | undefined): number {
  if (node === undefined || node.state === "waiting") return 0;
  if (node.state !== "running") return 1;
  return node.total ? Math.min(1, (node.step ?? 0) / node.total) : 0;
}
