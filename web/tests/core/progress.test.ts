import { expect, test } from "vitest";
import { progressOf } from "../../src/core/progress";
import { emptyView, withEvents } from "../../src/core/runs/view";

test("a run is as far as its nodes are, with the steps of one at work; those that wait aren't done", () => {
  expect(progressOf(emptyView("r"))).toEqual({ part: 0, at: null });
  const nodes = { a: { state: "done" }, b: { state: "cached" }, c: { state: "running", step: 5, total: 10 }, d: { state: "waiting" } } as const;
  const planned = new Set(["a", "b", "c", "d", "e"]);
  expect(progressOf({ nodes, planned })).toEqual({ part: 0.5, at: { node: "c", step: 5, total: 10 } });
});

test("what a subgraph or a loop has inside counts once", () => {
  const told = [
    { sequence: 1, run: "r", event: "queued", nodes: ["s/a", "s/b", "m", "n"] },
    { sequence: 2, run: "r", event: "done", node: "s/a", seconds: 1 },
    { sequence: 3, run: "r", event: "started", node: "m" },
    { sequence: 4, run: "r", event: "done", node: "m/0", seconds: 1 },
    { sequence: 5, run: "r", event: "progress", node: "m/1", step: 1, total: 2 },
  ];
  expect(progressOf(withEvents(emptyView("r"), told))).toEqual({ part: 0.375, at: { node: "m/1", step: 1, total: 2 } });
});
