import { expect, test } from "vitest";
import { liesIn } from "../../src/core/boxes";
import type { DrawnNode } from "../../src/ui/canvas/drawn";
import type { LinkEdge } from "../../src/ui/canvas/edges";
import { near, regionOf } from "../../src/ui/canvas/near";

const node = (id: string, x: number): DrawnNode => ({ id, type: "card", data: {}, position: { x, y: 0 }, measured: { width: 100, height: 50 } });
const link = (source: string, target: string, selected = false): LinkEdge => ({ id: `${source}>${target}`, source, target, selected });
const NODES = [node("a", 0), node("b", 1000), node("c", 2000), node("d", 3000)];
const region = { x: 1200, y: -100, width: 300, height: 300 };
const ids = (edges: readonly LinkEdge[]) => edges.map(({ id }) => id);

test("of a large graph, the links that cross what is seen are drawn, those that are selected, and no others", () => {
  expect(ids(near([link("a", "b"), link("b", "c"), link("a", "d"), link("c", "d")], NODES, region))).toEqual(["b>c", "a>d"]);
  expect(ids(near([link("a", "b", true), link("c", "d")], NODES, region))).toEqual(["a>b"]);
});

test("a link whose card isn't known yet is drawn", () => {
  expect(ids(near([link("new", "a")], NODES, region))).toEqual(["new>a"]);
});

test("the region holds all that is seen, and is the same after a small move", () => {
  const seen = { x: 10, y: -20, width: 980, height: 700 };
  expect(liesIn(seen, regionOf(seen))).toBe(true);
  expect(regionOf({ ...seen, x: 15, y: -25 })).toEqual(regionOf(seen));
  expect(regionOf({ x: 0, y: 0, width: 0, height: 0 })).toEqual({ x: 0, y: 0, width: 0, height: 0 });
});
