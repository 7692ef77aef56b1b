import { expect, test } from "vitest";
import { compare, isSame, MODE } from "../../src/core/compare";
import { emptyDocument, readDocument, type WorkflowDocument } from "../../src/core/document";
import { parseJson } from "../../src/core/json";

function document(nodes: object, rest: object = {}): WorkflowDocument {
  return readDocument(parseJson(JSON.stringify({ ...emptyDocument("a"), nodes, ...rest })));
}

const SAMPLE = { type: "sample", inputs: { steps: 20, model: { from: "load.model" } } };

test("a workflow doesn't differ from itself, however its objects are ordered", () => {
  const one = document({ a: SAMPLE, b: { type: "b", inputs: { x: { p: 1, q: [1, 2] } } } });
  const other = document({ b: { type: "b", inputs: { x: { q: [1, 2], p: 1 } } }, a: SAMPLE });
  expect(isSame(compare(one, other))).toBe(true);
});

test("nodes are added, removed and changed, each input with what it was and is", () => {
  const before = document({ kept: SAMPLE, gone: { type: "x", inputs: {} } });
  const after = document({ kept: { type: "sample", mode: "mute", inputs: { steps: 30, seed: 1 } }, fresh: { type: "y", inputs: { a: 1 } } });
  const { nodes, changes, moved } = compare(before, after);
  expect(nodes).toEqual([
    {
      node: "kept",
      kind: "changed",
      type: "sample",
      changes: [
        { what: MODE, before: "run", after: "mute" },
        { what: "steps", before: 20, after: 30 },
        { what: "model", before: { from: "load.model" }, after: undefined },
        { what: "seed", before: undefined, after: 1 },
      ],
    },
    { node: "gone", kind: "removed", type: "x", changes: [] },
    { node: "fresh", kind: "added", type: "y", changes: [{ what: "a", before: undefined, after: 1 }] },
  ]);
  expect([changes, moved]).toEqual([[], 0]);
});

test("numbers differ as they are written: 4 isn't 4.0, and of a seed of 64 bits every digit counts", () => {
  const read = (number: string) => readDocument(parseJson(`{"format": "graphengine/1", "nodes": {"a": {"type": "t", "inputs": {"x": ${number}}}}}`));
  expect(compare(read("4"), read("4.0")).nodes).toHaveLength(1);
  expect(compare(read("18446744073709551615"), read("18446744073709551614")).nodes).toHaveLength(1);
  expect(isSame(compare(read("18446744073709551615"), read("18446744073709551615")))).toBe(true);
});

test("what only stands elsewhere is counted, not listed", () => {
  const before = document({ a: SAMPLE, b: SAMPLE }, { layout: { a: { x: 0, y: 0 }, b: { x: 0, y: 0 } } });
  const after = document({ a: SAMPLE, b: SAMPLE }, { layout: { a: { x: 8, y: 0 }, b: { x: 0, y: 0 } } });
  const difference = compare(before, after);
  expect(difference).toEqual({ nodes: [], changes: [], moved: 1 });
  expect(isSame(difference)).toBe(false);
});

test("the workflow's own name and parameters, and nodes in subgraphs, are compared too", () => {
  const inner = (value: number) => ({ nodes: { add: { type: "add", inputs: { a: value } } }, outputs: { sum: "add.value" } });
  const before = document({}, { parameters: { steps: "s.steps" }, subgraphs: { part: inner(1) } });
  const after = document({}, { name: "b", parameters: { turns: "s.steps" }, subgraphs: { part: inner(2), more: inner(1) } });
  const { nodes, changes } = compare(before, after);
  expect(changes).toEqual([
    { what: "name", before: "a", after: "b" },
    { what: "parameters: steps", before: "s.steps", after: undefined },
    { what: "parameters: turns", before: undefined, after: "s.steps" },
    { what: "more/outputs: sum", before: undefined, after: "add.value" },
  ]);
  expect(nodes.map(({ node, kind }) => [node, kind])).toEqual([
    ["part/add", "changed"],
    ["more/add", "added"],
  ]);
});
