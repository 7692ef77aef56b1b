import { expect, test } from "vitest";
import type { Artifact } from "../../../src/api/server";
import { eachOnce } from "../../../src/core/runs/handedOut";

test("of the same picture only the first is left, in the order of all", () => {
  const picture = (id: number, sha256: string) => ({ id, sha256 }) as Artifact;
  expect(eachOnce([picture(4, "a"), picture(3, "b"), picture(2, "a"), picture(1, "c")]).map(({ id }) => id)).toEqual([4, 3, 1]);
});
