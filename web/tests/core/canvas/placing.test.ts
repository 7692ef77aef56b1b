import { describe, expect, test } from "vitest";
import { aligned, distributed } from "../../../src/core/align";
import { type Box, overlaps } from "../../../src/core/boxes";
import { freePlace } from "../../../src/core/freePlace";
import { whyNotCalled } from "../../../src/core/naming";
import { box, graph } from "./graphs";

const THREE = new Map([["a", box(0, 0)], ["b", box(30, 100, 60, 20)], ["c", box(400, 300, 100, 100)]]);

describe("aligning", () => {
  test.each([
    ["left", { b: { x: 0, y: 100 }, c: { x: 0, y: 300 } }],
    ["right", { a: { x: 400, y: 0 }, b: { x: 440, y: 100 } }],
    ["centre", { a: { x: 200, y: 0 }, b: { x: 220, y: 100 }, c: { x: 200, y: 300 } }],
    ["top", { b: { x: 30, y: 0 }, c: { x: 400, y: 0 } }],
    ["bottom", { a: { x: 0, y: 350 }, b: { x: 30, y: 380 } }],
    ["middle", { a: { x: 0, y: 175 }, b: { x: 30, y: 190 }, c: { x: 400, y: 150 } }],
  ] as const)("%s moves only what isn't there yet", (how, places) => {
    expect(aligned(THREE, how)).toEqual(places);
  });

  test("of nothing moves nothing", () => {
    expect(aligned(new Map(), "left")).toEqual({});
  });
});

describe("distributing", () => {
  test("makes the gaps the same and leaves the outermost", () => {
    expect(distributed(THREE, "vertically")).toEqual({ b: { x: 30, y: 165 } });
    expect(distributed(THREE, "horizontally")).toEqual({ b: { x: 220, y: 100 } });
    expect(distributed(new Map([...THREE].slice(0, 2)), "vertically")).toEqual({});
  });
});

describe("a free place", () => {
  test("is the wanted one where it is free", () => {
    expect(freePlace(box(500, 500), [box(0, 0)])).toEqual({ x: 500, y: 500 });
  });

  test("is else the nearest, on nothing", () => {
    const others: Box[] = [];
    for (let index = 0; index < 30; index++) {
      const wanted = box(10, 10);
      const found = { ...wanted, ...freePlace(wanted, others) };
      expect(others.filter((other) => overlaps(found, other))).toEqual([]);
      others.push(found);
    }
    const far = Math.max(...others.map(({ x, y }) => Math.hypot(x, y)));
    expect(far).toBeLessThan(600);
  });
});

describe("names of nodes", () => {
  test("are refused in words where they can't be", () => {
    const document = graph({ a: [0, 0], b: [0, 0] });
    expect(whyNotCalled(document, "a", "a")).toBeNull();
    expect(whyNotCalled(document, "a", "my picture")).toBeNull();
    for (const name of ["", "  ", "b", "x.y", "x/y", "inputs", " a"]) {
      expect(whyNotCalled(document, "a", name)).toMatch(/^Expected .*\.$/);
    }
  });
});
