import { expect, test } from "vitest";
import { emptyDocument, type WorkflowDocument } from "../../../src/core/document";
import { severalRuns } from "../../../src/core/runs/several";
import type { Catalogue, NodeSchema } from "../../../src/core/schema";
import { setSeedHabit } from "../../../src/core/seeds";

const schema = { type: "t", inputs: [{ name: "seed", seed: true, default: 0 }, { name: "steps", seed: false, default: 4 }] } as unknown as NodeSchema;
const catalogue: Catalogue = new Map([["t", schema]]);
const document: WorkflowDocument = {
  ...emptyDocument(),
  nodes: { a: { type: "t", inputs: { seed: 5, steps: 9 } }, b: { type: "t", inputs: {} }, c: { type: "t", inputs: { seed: { from: "a.out" } } } },
};
const seeds = (runs: readonly WorkflowDocument[], node: string) => runs.map(({ nodes }) => nodes[node]!.inputs["seed"]);

test("fixed seeds stay for the first run and count on for the others", () => {
  const runs = severalRuns(document, 3, catalogue);
  expect(runs[0]).toBe(document);
  expect(seeds(runs, "a")).toEqual([5, 6, 7]);
  expect(seeds(runs, "b")).toEqual([undefined, 1, 2]);
  expect(seeds(runs, "c")).toEqual([{ from: "a.out" }, { from: "a.out" }, { from: "a.out" }]);
  expect(runs[2]!.nodes["a"]!.inputs["steps"]).toBe(9);
});

test("seeds with a habit follow it, and fixed ones beside them stay", () => {
  const runs = severalRuns(setSeedHabit(document, "b", "seed", "next"), 3, catalogue);
  expect(seeds(runs, "b")).toEqual([1, 2, 3]);
  expect(seeds(runs, "a")).toEqual([5, 5, 5]);
  const random = severalRuns(setSeedHabit(document, "a", "seed", "random"), 2, catalogue, (() => { let turn = 0; return () => ++turn / 8; })());
  expect(seeds(random, "a")).toEqual([2 ** 29, 2 ** 30]);
});

test("a seed of 64 bits counts on exactly", () => {
  const large: WorkflowDocument = { ...document, nodes: { a: { type: "t", inputs: { seed: 9007199254740993n } } } };
  expect(seeds(severalRuns(large, 2, catalogue), "a")).toEqual([9007199254740993n, 9007199254740994n]);
});

test("seeds inside of subgraphs, and those that uses of them give, count on, too", () => {
  const inner = { inputs: { start: { type: "int", default: 3 } }, nodes: { own: { type: "t", inputs: { seed: 7 } }, given: { type: "t", inputs: { seed: { from: "inputs.start" } } } } };
  const full = { ...schema, outputs: [], inputs: schema.inputs.map((input) => ({ ...input, many: "", types: ["int"], type: "int", literal: {} })) } as unknown as NodeSchema;
  const whole: WorkflowDocument = { ...emptyDocument(), nodes: { use: { type: "inner", inputs: { start: 20 } } }, subgraphs: { inner } as never };
  const [first, second] = severalRuns(whole, 2, new Map([["t", full]]));
  expect(first).toBe(whole);
  expect(second!.nodes["use"]!.inputs["start"]).toBe(21);
  expect(second!.subgraphs["inner"]).toMatchObject({ nodes: { own: { inputs: { seed: 8 } }, given: { inputs: { seed: { from: "inputs.start" } } } } });
});
