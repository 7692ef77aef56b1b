import { expect, test } from "vitest";
import type { Explanation } from "../../../src/api/running";
import { forecasts } from "../../../src/core/runs/explained";

const told = (node: string, status: Explanation["status"], reason: string | null = null, seconds: number | null = null): Explanation => ({ node, status, where: null, reason, seconds });

test("each node has the engine's own words", () => {
  expect(forecasts([told("a", "cached", null, 2), told("b", "will run", "never ran")])).toEqual({
    a: { status: "cached", reason: null, seconds: 2 },
    b: { status: "will run", reason: "never ran", seconds: null },
  });
});

test("a subgraph will run if anything in it will, and says what and why", () => {
  const found = forecasts([told("use/in/a", "cached", null, 1), told("use/in/b", "will run", "input 'x' changed", 3), told("use/c", "depends", "known once 'b' has run")]);
  expect(found["use"]).toEqual({ status: "will run", reason: "in/b: input 'x' changed", seconds: 4 });
  expect(found["use/in"]).toMatchObject({ status: "will run", reason: "b: input 'x' changed" });
});
