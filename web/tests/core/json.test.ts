import { describe, expect, test } from "vitest";
import { isObject, type Json, NotJson, parseJson, plain, writeJson } from "../../src/core/json";
import { floatText, WholeFloat } from "../../src/core/wholeFloat";
import { Chance } from "../chance";

const SPACES = ["", " ", "\n", "\t", "\r\n  "];
const TEXTS = ["", "a red circle", "äöü ß", "日本語", "🎨", '"quoted" \\ back', "line\nline\ttab", "\u0000\u001f", "\u2028", "1", "from", "x.y/z"];
const INTEGERS = ["0", "1", "-1", "42", "9007199254740991", "-9007199254740993", "18446744073709551615", "123456789012345678901234567890"];
const FLOATS = ["0.0", "-0.0", "4.0", "0.1", "-2.5", "1e-05", "1e+16", "1000.0", "1.5e+300", "5e-324", "123456.789", "9007199254740992.0"];

/** A JSON text as Python writes it, and the same with other white space. */
function made(chance: Chance, depth: number): [string, string] {
  const kind = depth > 0 ? chance.below(8) : chance.below(5);
  if (kind === 0) return twice(chance.pick(["true", "false", "null"]));
  if (kind === 1) return twice(chance.pick(INTEGERS));
  if (kind === 2) return twice(chance.pick(FLOATS));
  if (kind === 3) return twice(floatText((chance.next() - 0.5) * 10 ** (chance.below(40) - 20)));
  if (kind === 4) return twice(JSON.stringify(chance.pick(TEXTS)));
  const items = Array.from({ length: chance.below(5) }, () => made(chance, depth - 1));
  const space = () => chance.pick(SPACES);
  if (kind === 5) {
    return [`[${items.map(([text]) => text).join(",")}]`, `[${space()}${items.map(([, text]) => text + space()).join(`,${space()}`)}]`];
  }
  const names = items.map((_, index) => JSON.stringify(`${chance.pick(TEXTS)}-${index}`));
  return [
    `{${items.map(([text], index) => `${names[index]}:${text}`).join(",")}}`,
    `{${space()}${items.map(([, text], index) => `${names[index]}${space()}:${space()}${text}${space()}`).join(`,${space()}`)}}`,
  ];
}

function twice(text: string): [string, string] {
  return [text, text];
}

describe("JSON that is read and written again", () => {
  test.each(Array.from({ length: 20 }, (_, seed) => seed))("is the same text, seed %i", (seed) => {
    const chance = new Chance(seed);
    for (let count = 0; count < 150; count++) {
      const [text, spaced] = made(chance, 5);
      expect(writeJson(parseJson(text))).toBe(text);
      expect(writeJson(parseJson(spaced))).toBe(text);
      expect(writeJson(parseJson(writeJson(parseJson(text), 2)))).toBe(text);
    }
  });

  test.each([
    ["1e3", "1000.0"],
    ["1E+2", "100.0"],
    ["-0", "0"],
    ["-0e0", "-0.0"],
    ["4.00", "4.0"],
    ["10000000000000000.0", "1e+16"],
    ["0.00001", "1e-05"],
    ["0.0001", "0.0001"],
    ["0.1000000000000000055", "0.1"],
    ['"\\u00e4\\/"', '"ä/"'],
    ["\ufeff[]", "[]"],
  ])("%s becomes %s, as the engine writes it", (text, written) => {
    expect(writeJson(parseJson(text))).toBe(written);
  });

  test("may be nested as deep as the server takes it", () => {
    const text = `${"[".repeat(1000)}4.0${"]".repeat(1000)}`;
    expect(writeJson(parseJson(text))).toBe(text);
    const objects = `${'{"a":'.repeat(1000)}{}${"}".repeat(1000)}`;
    expect(writeJson(parseJson(objects))).toBe(objects);
  });
});

describe("whole floats", () => {
  test("compare and reckon like numbers, and are no objects", () => {
    const value = parseJson("4.0");
    expect(value).toBeInstanceOf(WholeFloat);
    expect(Number(value) + 1).toBe(5);
    expect(isObject(value)).toBe(false);
    expect(JSON.stringify({ value })).toBe('{"value":4.0}');
  });

  test("become plain numbers on request; what has none stays the same object", () => {
    const value = parseJson('{"a":[1,4.0],"b":{"c":[2.5]},"d":18446744073709551615}') as { [key: string]: Json };
    const changed = plain(value);
    expect(changed).toEqual({ a: [1, 4], b: { c: [2.5] }, d: 18446744073709551615n });
    expect(changed["b"]).toBe(value["b"]);
    expect(plain(changed)).toBe(changed);
  });
});

describe("what isn't JSON", () => {
  test.each([
    ["", 1, 1, "expected a value, got the end"],
    ['{"a": 1,}', 1, 9, "expected a name in double quotes, got '}'"],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, "expected ',' or '}', got '\"'"],
    ["[1,\n2,\n]", 3, 1, "expected a value, got ']'"],
    ["[1 2]", 1, 4, "expected ',' or ']', got '2'"],
    ["[", 1, 2, "expected a value, or ']', got the end"],
    ["{'a': 1}", 1, 2, "expected a name in double quotes, or '}', got '''"],
    ['{"a" 1}', 1, 6, "expected ':', got '1'"],
    ['{"a": NaN}', 1, 7, "expected a value, got 'NaN'"],
    ["[01]", 1, 3, "expected ',' or ']', got '1'"],
    ["[1.]", 1, 3, "expected ',' or ']', got '.'"],
    ['"open', 1, 6, "expected the rest of a text and its closing quote, got the end"],
    ['["a\nb"]', 1, 4, "got the end of the line"],
    ['"\\x"', 1, 2, "expected the rest of a text"],
    ["[] []", 1, 4, "expected nothing more, got '['"],
    ["true false", 1, 6, "expected nothing more, got 'false'"],
    ["\r\n\r\n}", 3, 1, "expected a value, got '}'"],
    ["[🎨]", 1, 2, "got '🎨'"],
    ["[".repeat(100_000), 1, 100_001, "got the end"],
    ["[1e999]", 1, 1, "The number 1e999 is too large"],
  ])("%.40s is refused with its place", (text, line, column, words) => {
    let error: unknown;
    try {
      parseJson(text);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(NotJson);
    expect(error).toMatchObject({ line, column });
    expect((error as NotJson).message).toContain(words);
  });

  test.each(Array.from({ length: 10 }, (_, seed) => seed))("is found wherever a text is broken, seed %i", (seed) => {
    const chance = new Chance(seed);
    for (let count = 0; count < 200; count++) {
      const [, text] = made(chance, 4);
      const at = chance.below(text.length + 1);
      const broken = text.slice(0, at) + chance.pick(["", "}", "]", ",", ":", '"', "x", "-", "\\"]) + text.slice(at + chance.below(2));
      let native = true;
      try {
        JSON.parse(broken);
      } catch {
        native = false;
      }
      if (native) expect(() => parseJson(broken)).not.toThrow();
      else expect(() => parseJson(broken)).toThrow(NotJson);
    }
  });
});
