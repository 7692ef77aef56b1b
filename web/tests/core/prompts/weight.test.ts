import { describe, expect, it } from "vitest";
import { weighted } from "../../../src/core/prompt";

/** A text with the selection between bars, or the cursor at one. */
function press(marked: string, by = 0.05): string {
  const start = marked.indexOf("|");
  const end = marked.lastIndexOf("|") - (marked.lastIndexOf("|") > start ? 1 : 0);
  const { text, start: from, end: to } = weighted(marked.replaceAll("|", ""), start, end, by);
  return `${text.slice(0, from)}|${text.slice(from, to)}|${text.slice(to)}`;
}

describe("changing a weight", () => {
  it.each([
    ["a c|at", "a |(cat:1.05)|"],
    ["a |red cat| here", "a |(red cat:1.05)| here"],
    ["a | red cat | here", "a  |(red cat:1.05)|  here"],
    ["a |(cat:1.05)|", "a |(cat:1.1)|"],
    ["a (|red cat|:1.1)", "a |(red cat:1.15)|"],
    ["a (red c|at:1.1) b", "a |(red cat:1.15)| b"],
    ["((a b:0.8) c|at:1.1)", "|((a b:0.8) cat:1.15)|"],
    ["|(a)|", "|(a:1.15)|"],
    ["|(a) (b)|", "|((a) (b):1.05)|"],
    ["|(a:1.2) (b:1.2)|", "|((a:1.2) (b:1.2):1.05)|"],
    ["\\(a|\\)", "\\(|(a:1.05)|\\)"],
    ["a embedding:ni|ght sky", "a |(embedding:night:1.05)| sky"],
    ["a embedding:|night| sky", "a |(embedding:night:1.05)| sky"],
    ["a (embedding:ni|ght:1.2), b", "a |(embedding:night:1.25)|, b"],
    ["embedding:night| red sky|", "embedding:night |(red sky:1.05)|"],
    ["|a |embedding:night", "|(a:1.05)| embedding:night"],
    ["caf|é", "|(café:1.05)|"],
    ["| |", "| |"],
  ])("%s", (before, after) => {
    expect(press(before)).toBe(after);
  });

  it("takes the brackets away at 1, and goes below", () => {
    expect(press("|(cat:1.05)|", -0.05)).toBe("|cat|");
    expect(press("|cat|", -0.05)).toBe("|(cat:0.95)|");
  });
});
