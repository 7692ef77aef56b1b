import { describe, expect, it } from "vitest";
import { checked, pace, stepOf, stepped } from "../../src/core/numbers";
import { valueOf } from "../../src/core/sums";

describe("sums", () => {
  it.each([
    ["512*2", 1024n], ["(7+1)/2", 4n], ["1/4", 0.25], ["2^10", 1024n], ["2**-1", 0.5], ["-3 + 1", -2n], ["1,5*2", 3],
    ["18446744073709551615", 18446744073709551615n], ["2^64-1", 18446744073709551615n], ["1e3", 1000], ["--2", 2n], ["-2^2", -4n], ["10-4-3", 3n], ["7%4", 3n],
  ])("%s", (typed, value) => expect(valueOf(typed)).toBe(value));
  it.each(["", "abc", "1+", "(1", "1)", "1/0", "2^99999", "1 2", "alert(1)", "(".repeat(99)])("%s is none", (typed) => expect(valueOf(typed)).toBeNull());
});

describe("a number that is typed", () => {
  const integer = { type: "integer", minimum: 16, maximum: 16384, multipleOf: 8 };
  it("may be a sum", () => expect(checked("512*1.5", integer)).toEqual({ value: 768 }));
  it("is told in words what it should be", () => {
    expect(checked("7", integer)).toEqual({ wrong: "Expected at least 16, got 7." });
    expect(checked("512*100", integer)).toEqual({ wrong: "Expected at most 16384, got 51200." });
    expect(checked("100", integer)).toEqual({ wrong: "Expected a multiple of 8, got 100." });
    expect(checked("100/3", { type: "integer" })).toEqual({ wrong: "Expected a whole number, got 33.3333333333333." });
    expect(checked("0", { type: "number", exclusiveMinimum: 0 })).toEqual({ wrong: "Expected more than 0, got 0." });
  });
  it("keeps every digit of a large seed, and has no dust", () => {
    expect(checked("18446744073709551615", { type: "integer" })).toEqual({ value: 18446744073709551615n });
    expect(checked("0.1+0.2", { type: "number" })).toEqual({ value: 0.3 });
  });
});

describe("steps", () => {
  const guidance = { type: "number", minimum: 0, maximum: 100 };
  it("are those of the schema", () => {
    expect(stepOf({ type: "number", step: 0.25 })).toBe(0.25);
    expect(stepOf({ type: "integer", multipleOf: 8 })).toBe(8);
  });
  it("are coarser with Shift and finer with Alt, but for integers", () => {
    const key = (shiftKey: boolean, altKey: boolean) => ({ shiftKey, altKey });
    expect(stepped(7, pace(key(true, false), guidance), guidance)).toBe(12);
    expect(stepped(7, pace(key(false, true), guidance), guidance)).toBe(7.05);
    expect(pace(key(false, true), { type: "integer" })).toBe(1);
  });
  it("stay within the limits", () => {
    expect(stepped(0.2, -1, guidance)).toBe(0);
    expect(stepped(99.9, 10, guidance)).toBe(100);
    expect(stepped(0.01, -1, { type: "number", exclusiveMinimum: 0, maximum: 1 })).toBe(0.01);
  });
  it("count large seeds exactly", () => {
    const seed = { type: "integer", minimum: 0, maximum: 2 ** 64 };
    expect(stepped(18446744073709550000n, 1, seed)).toBe(18446744073709550001n);
    expect(stepped(18446744073709551615n, 10, seed)).toBe(18446744073709551615n);
    expect(stepped(Number.MAX_SAFE_INTEGER, 1, seed)).toBe(9007199254740992n);
    expect(stepped(9007199254740992n, -1, seed)).toBe(Number.MAX_SAFE_INTEGER);
  });
});
