import { describe, expect, it } from "vitest";
import { readPrompt } from "../../../src/core/promptSyntax";
import cases from "./cases.json";

/** A place in code points, as Python counts. */
const place = (prompt: string, at: number) => [...prompt.slice(0, at)].length;
const meanings = (prompt: string) => readPrompt(prompt).parts.map(({ start, end, meaning }) => [prompt.slice(start, end), meaning]);

describe("reading a prompt", () => {
  it.each(cases)("finds what the engine finds: $prompt", ({ prompt, fault }) => {
    const found = readPrompt(prompt).faults.map(({ start }) => place(prompt, start));
    if (fault === null) expect(found).toEqual([]);
    else expect(found).toContain(fault);
  });

  it("covers the text without gaps", () => {
    for (const { prompt } of cases) {
      const { parts } = readPrompt(prompt);
      expect(parts.map(({ start, end }) => prompt.slice(start, end)).join("")).toBe(prompt);
    }
  });

  it("tells what each part means", () => {
    expect(meanings("a (red:1.2) BREAK")).toEqual([
      ["a ", "words"], ["(", "bracket"], ["red", "stronger"], [":", "separator"], ["1.2", "number"], [")", "bracket"], [" ", "words"], ["BREAK", "keyword"],
    ]);
    expect(meanings("[a]")[1]).toEqual(["a", "weaker"]);
    expect(meanings("[([a]:1.1)]")).toContainEqual(["a", "weaker"]); // 1.1 / 1.1 / 1.1
    expect(meanings("([a])")).toContainEqual(["a", "words"]);
    expect(meanings("[a|b]")).toContainEqual(["|", "separator"]);
    expect(meanings("\\(a")).toEqual([["\\(a", "escape"]]);
  });

  it("knows how deep a bracket is", () => {
    expect(readPrompt("(a (b))").parts.filter(({ meaning }) => meaning === "bracket").map(({ depth }) => depth)).toEqual([0, 1, 1, 0]);
  });
});
