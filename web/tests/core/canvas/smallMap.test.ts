import { expect, test } from "vitest";
import { liesIn } from "../../../src/core/boxes";
import { boxesPath, mapped, placeOn, seenThrough } from "../../../src/core/smallMap";
import { box } from "./graphs";

const SIZE = { width: 144, height: 96 };

test("the small map has all of the graph and all that is seen in it, in the middle, and keeps its shape", () => {
  const graph = box(0, 0, 4000, 300);
  const seen = box(3000, -2000, 1000, 600);
  const map = mapped(graph, seen, SIZE);
  expect(liesIn(graph, map) && liesIn(seen, map)).toBe(true);
  expect(map.width / map.height).toBeCloseTo(SIZE.width / SIZE.height);
  expect(map.x + map.width / 2).toBeCloseTo(2000);
  expect(map.y + map.height / 2).toBeCloseTo(-850);
});

test("the small map of nothing shows what is seen, also before the canvas has a size", () => {
  const seen = box(10, 20, 1000, 600);
  expect(liesIn(seen, mapped(null, seen, SIZE))).toBe(true);
  expect(mapped(null, box(0, 0, 0, 0), SIZE).width).toBeGreaterThan(0);
});

test("a place of the small map stands for one of the graph", () => {
  const map = box(-100, 50, 400, 200);
  expect([placeOn(map, { x: 0, y: 0 }), placeOn(map, { x: 0.5, y: 1 })]).toEqual([{ x: -100, y: 50 }, { x: 100, y: 250 }]);
});

test("what is seen through the canvas is as much larger as the graph is smaller", () => {
  expect(seenThrough([50, -20, 0.5], { width: 300, height: 100 })).toEqual(box(-100, 40, 600, 200));
});

test("boxes are one path", () => {
  expect(boxesPath([box(1, 2, 3, 4), box(5, 6, 7, 8)])).toBe("M1 2h3v4h-3zM5 6h7v8h-7z");
});
