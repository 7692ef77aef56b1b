import { expect, test } from "vitest";
import { moved, placeAt } from "../../../src/core/runs/reorder";

test("a run is moved to a place, at most to the ends", () => {
  const names = ["a", "b", "c", "d"];
  expect(moved(names, "c", 0)).toEqual(["c", "a", "b", "d"]);
  expect(moved(names, "a", 2)).toEqual(["b", "c", "a", "d"]);
  expect(moved(names, "b", 99)).toEqual(["a", "c", "d", "b"]);
  expect(moved(names, "b", 1)).toBe(names);
  expect(moved(names, "gone", 1)).toBe(names);
});

test("what is dragged belongs after the rows whose middles it has passed", () => {
  const middles = [10, 30, 50];
  expect(placeAt(5, middles, 2)).toBe(0);
  expect(placeAt(35, middles, 0)).toBe(1);
  expect(placeAt(90, middles, 0)).toBe(2);
  expect(placeAt(31, middles, 1)).toBe(1);
});
