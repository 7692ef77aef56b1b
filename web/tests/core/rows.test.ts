import { describe, expect, it } from "vitest";
import { parseJson, writeJson } from "../../src/core/json";
import { freeKey, movedItem, newItem, pastedItems, readItem, renamedKey, shownItem } from "../../src/core/rows";

const integer = { type: "integer", minimum: 0 };
const string = { type: "string" };

describe("items", () => {
  it("are read by their schema", () => {
    expect(readItem("2*3", integer)).toEqual({ value: 6 });
    expect(readItem("-1", integer)).toEqual({ wrong: "Expected at least 0, got -1." });
    expect(readItem(" 5 ", string)).toEqual({ value: " 5 " });
    expect(readItem("[1, 2]", {})).toEqual({ value: [1, 2] });
    expect(readItem("red", {})).toEqual({ value: "red" });
    expect(readItem("red", { anyOf: [{ type: "integer" }, { type: "boolean" }] })).toHaveProperty("wrong");
    expect(readItem("18446744073709551615", integer)).toEqual({ value: 18446744073709551615n });
  });
  it("are shown so that they are read as they were", () => {
    for (const source of ["4.0", "4", '"red"', '"5"', "true", "null", '"[1"', "18446744073709551615"]) {
      const shown = shownItem(parseJson(source), {});
      expect(writeJson((readItem(shown, {}) as { value: never }).value)).toBe(source);
    }
    expect(shownItem("5", string)).toBe("5");
  });
  it("are pasted by lines, or by commas where they are no texts", () => {
    expect(pastedItems("1, 2;3\t4", integer)).toEqual(["1", "2", "3", "4"]);
    expect(pastedItems("a, b\nc\n", string)).toEqual(["a, b", "c"]);
    expect(pastedItems("[1.5, 2]", { type: "number" })).toEqual(["1.5", "2"]);
    expect(pastedItems("12", integer)).toEqual(["12"]);
  });
  it("are moved, within the list", () => {
    expect(movedItem(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
    expect(movedItem(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  });
  it("begin with the last one, or what fits", () => {
    expect(newItem([3], integer)).toBe(3);
    expect(newItem([], { type: "integer", minimum: 2 })).toBe(2);
    expect(newItem(["x"], string)).toBe("");
  });
});

describe("named values", () => {
  const values = { a: 1, b: 2 };
  it("keep their place under another name", () => expect(Object.keys(renamedKey(values, "a", "z") ?? {})).toEqual(["z", "b"]));
  it("don't take each other's names", () => expect(renamedKey(values, "a", "b")).toBeNull());
  it("get a free name", () => expect(freeKey({ name2: 1 })).toBe("name3"));
});
