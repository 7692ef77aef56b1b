import { expect, it } from "vitest";
import curves from "./curves.json";

type Points = readonly (readonly [number, number])[];
const FOLDER = new URL("../../../plugins/tones/web", import.meta.url).href;
const { curveThrough } = (await import(/* @vite-ignore */ `${FOLDER}/_monotone.js`)) as {
  curveThrough(points: Points): (x: number) => number;
};
const { added, moved, readPoints, removed, PRESETS } = (await import(/* @vite-ignore */ `${FOLDER}/_points.js`)) as {
  added(points: Points, at: readonly [number, number]): [Points, number] | null;
  moved(points: Points, index: number, to: readonly [number, number]): Points;
  removed(points: Points, index: number): Points;
  readPoints(value: unknown): Points | null;
  PRESETS: Record<string, Points>;
};

/** What the node makes of the same points: tests/plugins/test_tones.py keeps the file to it. */
const CURVES = curves as unknown as { points: Points; values: number[] }[];

it("draws the curve that the node applies", () => {
  for (const { points, values } of CURVES) {
    const curve = curveThrough(points);
    values.forEach((value, index) => expect(curve(index / (values.length - 1))).toBeCloseTo(value, 6));
  }
});

it("keeps points between their neighbours and within the square", () => {
  const points: Points = [[0, 0], [0.5, 0.5], [1, 1]];
  expect(moved(points, 1, [2, -1])[1]).toEqual([0.99, 0]);
  expect(moved(points, 0, [0.7, 0.2])[0]).toEqual([0.49, 0.2]);
  expect(added(points, [0.25, 0.3])).toEqual([[[0, 0], [0.25, 0.3], [0.5, 0.5], [1, 1]], 1]);
  expect(added(points, [0.505, 0.3])).toBeNull();
  expect(removed(points, 1)).toEqual([[0, 0], [1, 1]]);
  expect(removed([[0, 0], [1, 1]], 1)).toEqual([[0, 0], [1, 1]]);
});

it("takes nothing for points that isn't", () => {
  expect(readPoints([[0, 0], [1, 1]])).not.toBeNull();
  for (const value of [null, [], [[0, 0]], [[0, 0], [0, 1]], [[0, 0], [1, 2]], [[0, 0], [1]], "x"]) {
    expect(readPoints(value)).toBeNull();
  }
  for (const preset of Object.values(PRESETS)) expect(readPoints(preset)).toBe(preset);
});
