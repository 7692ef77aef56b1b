import { expect, test } from "vitest";
import type { Artifact } from "../../../src/api/server";
import { broughtBack, toggled, viewedAfter, withRange } from "../../../src/core/runs/choosing";

const pictures = (...ids: number[]) => ids.map((id) => ({ id }) as Artifact);
const ids = (list: readonly Artifact[]) => list.map(({ id }) => id);

test("a picture is chosen and no longer", () => {
  expect(toggled(new Set([1]), 2)).toEqual(new Set([1, 2]));
  expect(toggled(new Set([1, 2]), 2)).toEqual(new Set([1]));
});

test("a range goes either way, from the one that was chosen last", () => {
  expect(withRange(new Set([9]), pictures(9, 8, 7, 6), 9, 7)).toEqual(new Set([9, 8, 7]));
  expect(withRange(new Set([6]), pictures(9, 8, 7, 6), 6, 8)).toEqual(new Set([6, 8, 7]));
  expect(withRange(new Set(), pictures(9, 8), null, 8)).toEqual(new Set([8]));
  expect(withRange(new Set(), pictures(9, 8), 5, 8)).toEqual(new Set([8])); // what was chosen last is gone
});

test("where the picture that is looked at is hidden, the next is looked at, or the last", () => {
  const list = pictures(4, 3, 2, 1);
  const at = (id: number, ...hidden: number[]) => viewedAfter(list, { id } as Artifact, new Set(hidden))?.id ?? null;
  expect([at(3), at(3, 3), at(3, 3, 2), at(1, 1), at(1, 4, 3, 2, 1)]).toEqual([3, 2, 1, 2, null]);
  expect(viewedAfter(list, null, new Set([1]))).toBeNull();
});

test("what comes back is in its place, once", () => {
  expect(ids(broughtBack(pictures(9, 5), pictures(7, 5, 10)))).toEqual([10, 9, 7, 5]);
});
