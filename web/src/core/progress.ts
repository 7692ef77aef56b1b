import type { NodeRun } from "./runs/view";

export interface Progress {
  /** From 0 to 1. */
  readonly part: number;
  /** The node at work, with its step. */
  readonly at: { readonly node: string; readonly step: number; readonly total: number } | null;
}

/** How far a run is, each node counting as much, and one at work for the steps that it has done. */
export function progressOf(nodes: Readonly<Record<string, NodeRun>>, all: number): Progress {
  let done = 0;
  let at: Progress["at"] = null;
  for (const [node, { state, step = 0, total = 0 }] of Object.entries(nodes)) {
    if (state !== "running") done += 1;
    else {
      done += total > 0 ? step / total : 0;
      at = { node, step, total };
    }
  }
  return { part: all === 0 ? 0 : Math.min(1, done / all), at };
}
