import { expect, test } from "vitest";
import { curveOf, inFull, inShort, valuesIn } from "../../../src/core/runs/values";

test("a value in a line, and as a whole", () => {
  expect([inShort(4), inShort(2n ** 64n), inShort(true), inShort("two\n lines"), inShort([1, "a"])]).toEqual(["4", "18446744073709551616", "true", "two lines", '[1,"a"]']);
  expect(inShort("x".repeat(100))).toBe(`${"x".repeat(59)}…`);
  expect([inFull("two\n lines"), inFull(1.5), inFull([1, "a", false])]).toEqual(["two\n lines", "1.5", "1\na\nfalse"]);
  expect(inFull([[1, 2]])).toContain("1");
});

test("a curve is one whatever made it, and nothing else is", () => {
  const value = { curve: [14.61, 2, 0], steps: 40 };
  expect(curveOf(value)).toEqual({ levels: [14.61, 2, 0], steps: 40 });
  expect(curveOf({ curve: [1, 0] })?.steps).toBe(1);
  expect(inShort(value)).toBe("14.61 … 0");
  expect(inFull(value)).toBe("14.61, 2, 0");
  for (const other of [{ curve: [] }, { curve: ["a"] }, { curve: 3 }, [1, 2], "curve", null]) expect(curveOf(other)).toBeNull();
});

test("what an event tells of values", () => {
  expect(valuesIn({ values: { text: "a" }, cut: { text: 9 } })).toEqual({ values: { text: "a" }, cut: { text: 9 } });
  expect(valuesIn({ values: 3 })).toEqual({});
});
