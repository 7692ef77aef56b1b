import { expect, test } from "vitest";
import type { Run } from "../../../src/api/server";
import { differingValues } from "../../../src/core/runs/differing";

const run = (sequence: number, values: object, name = "a"): Run => ({ id: `r${sequence}`, sequence, name, values }) as unknown as Run;

test("a run is told by what the one of its name before it didn't have", () => {
  const found = differingValues([
    run(5, { seed: 3, prompt: "a star", sizes: [1, 2] }),
    run(4, { seed: 9 }, "b"),
    run(3, { seed: 2, prompt: "a star", sizes: [1, 2] }),
    run(2, { seed: 2, prompt: "a circle", sizes: [1, 2] }),
    run(1, { seed: 2, prompt: "a circle" }),
  ]);
  expect([1, 2, 3, 4, 5].map((number) => found.get(`r${number}`))).toEqual([
    [["seed", 2]],
    [["sizes", [1, 2]]],
    [["prompt", "a star"]],
    [["seed", 9]],
    [["seed", 3]],
  ]);
});
