import { describe, expect, it } from "vitest";
import { axisFor, type Preset, readLevels, scheduled, typedLevels, withLess, withLevel, withMore, wrongLevels } from "../../src/core/sigmas";
import cases from "./schedules.json";

/** The engine's own numbers: tests/nodes/test_editor_schedules.py keeps the file to them. */
describe.each(cases)("$schedule from $high to $low", ({ schedule, high, low, values }) => {
  it("is the engine's", () => {
    const made = scheduled(schedule as Preset, values.length - 1, high, low);
    expect(made.length).toBe(values.length);
    made.forEach((level, index) => expect(Math.abs(level - (values[index] as number))).toBeLessThanOrEqual(6e-5 * (values[index] as number)));
    expect(wrongLevels(made)).toBeNull();
  });
});

it("spaces evenly, too", () => {
  expect(scheduled("linear", 3, 1, 0.5)).toEqual([1, 0.75, 0.5, 0]);
});

it("reads what workflows hold", () => {
  expect(readLevels([3, 1, 0])).toEqual([3, 1, 0]);
  expect(readLevels("14.6, 6.5 0")).toEqual([14.6, 6.5, 0]);
  for (const value of [null, undefined, "", "1", "a b", [1], [1, "2"], {}]) expect(readLevels(value)).toBeNull();
});

it("tells what is wrong with what was typed", () => {
  expect(typedLevels("3; 1, 0")).toEqual({ levels: [3, 1, 0] });
  expect(typedLevels("3 x")).toEqual({ wrong: "'x' is no number." });
  expect(typedLevels("3")).toEqual({ wrong: "Expected two numbers or more, with commas or spaces between." });
  expect(typedLevels("3 1 2")).toEqual({ wrong: "Levels fall, or rise, all the way: 2 can't follow 1." });
  expect(typedLevels("1 0 -1")).toEqual({ wrong: "Levels are 0 or above." });
  expect(typedLevels("0.1 1 2")).toEqual({ levels: [0.1, 1, 2] });
});

describe("a point", () => {
  it.each([
    [[4, 2, 0], 1],
    [[0.5, 1, 3], 1],
    [[4, 2, 0], 0],
    [[4, 2, 0], 2],
  ] as const)("of %j stays between its neighbours, wherever it is drawn", (levels, index) => {
    for (const level of [-3, 0, 0.5, 1.7, 2, 4, 1e6]) expect(wrongLevels(withLevel(levels, index, level))).toBeNull();
    expect(withLevel(levels, index, 1.7).length).toBe(3);
  });

  it("is added in the middle and taken away again, but for the last two", () => {
    expect(withMore([4, 1, 0], 0)).toEqual([4, 2, 1, 0]);
    expect(withMore([4, 1, 0], 1)).toEqual([4, 1, 0.5, 0]);
    expect(withLess([4, 1, 0], 1)).toEqual([4, 0]);
    expect(withLess([4, 0], 1)).toEqual([4, 0]);
  });
});

it.each([false, true])("finds a level where it is drawn (logarithmic: %s)", (logarithmic) => {
  const levels = [14.6, 3, 0.03, 0];
  const axis = axisFor(levels, logarithmic);
  const shares = levels.map((level) => axis.share(level));
  expect(shares.toSorted((a, b) => b - a)).toEqual(shares);
  expect([shares[0], shares[3]]).toEqual([1, 0]);
  for (const level of levels.slice(0, 3)) expect(axis.level(axis.share(level))).toBeCloseTo(level);
});
