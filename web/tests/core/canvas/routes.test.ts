import { describe, expect, test } from "vitest";
import { type Curve, curvesThrough, hits, nearestCurve, pathOf, pointOn } from "../../../src/core/curves";
import { connect, disconnect, setInput } from "../../../src/core/edits";
import { pointsOf, setPoints } from "../../../src/core/routes";
import { box, CATALOGUE, graph } from "./graphs";

const WAY = [{ x: 50, y: 10 }];

function linked() {
  return setPoints(graph({ a: [0, 0], b: [300, 0], c: [600, 0] }, [["c", "in", "a"]]), "c", "in", WAY);
}

describe("way points", () => {
  test("are rounded, and none leave no entry", () => {
    const document = setPoints(linked(), "c", "in", [{ x: 1.6, y: 2.4 }]);
    expect(document.layout["route/c.in"]).toEqual({ points: [{ x: 2, y: 2 }] });
    expect(Object.keys(setPoints(document, "c", "in", []).layout)).toEqual(["a", "b", "c"]);
    expect(setPoints(graph({}), "c", "in", [])).toEqual(graph({}));
  });

  test("that are damaged count for none", () => {
    const layout = { "route/c.in": { points: [{ x: "1" }] } };
    expect(pointsOf({ ...graph({}), layout }, "c", "in")).toEqual([]);
  });

  test("stay with the same link, and go with another or with none", () => {
    const from = (node: string) => connect(linked(), { node, output: "out" }, "c", "in", CATALOGUE.get("step"));
    expect(pointsOf(from("a"), "c", "in")).toEqual(WAY);
    expect(pointsOf(from("b"), "c", "in")).toEqual([]);
    expect(pointsOf(setInput(linked(), "c", "in", 3), "c", "in")).toEqual([]);
    expect(pointsOf(disconnect(linked(), [{ node: "c", input: "in" }], CATALOGUE), "c", "in")).toEqual([]);
  });

  test("follow their link when the inputs of a list are numbered anew", () => {
    const links = [["c", "many.0", "a"], ["c", "many.1", "b"]] as const;
    const document = setPoints(graph({ a: [0, 0], b: [0, 100], c: [600, 0] }, links), "c", "many.1", WAY);
    const left = disconnect(document, [{ node: "c", input: "many.0" }], CATALOGUE);
    expect(left.nodes["c"]?.inputs).toEqual({ "many.0": { from: "b.out" } });
    expect(pointsOf(left, "c", "many.0")).toEqual(WAY);
    expect(pointsOf(left, "c", "many.1")).toEqual([]);
  });
});

describe("curves", () => {
  const from = { x: 0, y: 0 };
  const to = { x: 400, y: 100 };
  const points = [{ x: 100, y: 200 }, { x: 300, y: 200 }];

  test.each([[to], [{ x: -200, y: 50 }]])("go through all points without a corner, to %o", (end) => {
    const curves = curvesThrough(from, points, end);
    expect(curves.map(([start]) => start)).toEqual([from, ...points]);
    for (const [index, [, , into, here]] of curves.slice(0, -1).entries()) {
      const [, out] = curves[index + 1] as Curve;
      const turn = Math.atan2(here.y - into.y, here.x - into.x) - Math.atan2(out.y - here.y, out.x - here.x);
      expect(Math.abs(turn)).toBeLessThan(1e-6);
    }
  });

  test("stay between their points where they go to the right", () => {
    for (const curve of curvesThrough(from, points, to)) {
      for (let t = 0; t <= 1; t += 0.05) {
        const { y } = pointOn(curve, t);
        expect(y).toBeGreaterThanOrEqual(Math.min(curve[0].y, curve[3].y) - 1e-6);
        expect(y).toBeLessThanOrEqual(Math.max(curve[0].y, curve[3].y) + 1e-6);
      }
    }
  });

  test("are written as a path", () => {
    expect(pathOf(curvesThrough(from, [], to))).toBe("M0,0 C200,0 200,100 400,100");
    expect(pathOf([])).toBe("");
  });

  test("know which of them passes nearest, and what they run through", () => {
    const curves = curvesThrough(from, points, to);
    const near = [{ x: 20, y: 20 }, { x: 200, y: 210 }, { x: 390, y: 110 }];
    expect(near.map((point) => nearestCurve(curves, point))).toEqual([0, 1, 2]);
    const [through, beside] = [box(150, 180), box(150, 300)];
    expect(hits(curves, [through, beside])).toEqual([through]);
  });
});
