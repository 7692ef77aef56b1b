import { expect, test } from "vitest";
import type { Run } from "../../../src/api/server";
import { bounded, inOrder, merged, reloaded } from "../../../src/core/runs/list";

const run = (sequence: number, state = "succeeded", changes = 3): Run =>
  ({ id: `r${sequence}`, sequence, state, transitions: Array.from({ length: changes }, () => ({ state, at: "" })) }) as unknown as Run;
const ids = (runs: readonly Run[]) => runs.map(({ id }) => id);

test("an answer that was overtaken doesn't bring a run back to an earlier state", () => {
  const runs = merged([run(1, "succeeded", 3)], [run(1, "running", 2), run(2, "queued", 1)]);
  expect(runs.map(({ state }) => state)).toEqual(["queued", "succeeded"]);
});

test("the oldest ended runs are let go of, those that go on never", () => {
  const runs = [run(5), run(4), run(3, "queued", 1), run(2), run(1, "running", 2)];
  const kept = bounded({ runs, next: null }, 2);
  expect(ids(kept.runs)).toEqual(["r5", "r4", "r1"].toSpliced(2, 0, "r3"));
  expect(kept.next).toBe(4);
});

test("runs that the server no longer tells of were deleted; newer and older ones stay", () => {
  const before = { runs: [run(9), run(8), run(7), run(6), run(2)], next: 2 };
  const after = reloaded(before, { runs: [run(8), run(6)], next: 6 });
  expect(ids(after.runs)).toEqual(["r9", "r8", "r6", "r2"]);
  expect(after.next).toBe(2);
  expect(ids(reloaded(before, { runs: [run(8)], next: null }).runs)).toEqual(["r9", "r8"]);
});

test("runs wait in the server's order, new ones at the end", () => {
  const runs = [run(4, "queued"), run(3, "queued"), run(2, "queued"), run(1)];
  expect(ids(inOrder(runs, ["r3", "r2"]))).toEqual(["r3", "r2", "r4"]);
});
