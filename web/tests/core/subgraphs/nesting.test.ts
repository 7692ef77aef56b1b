import { describe, expect, test } from "vitest";
import { emptyDocument, readDocument, type WorkflowDocument } from "../../../src/core/document";
import { setInput } from "../../../src/core/edits";
import { withGraph } from "../../../src/core/subgraphs/uses";
import type { JsonObject } from "../../../src/core/json";
import { withNextSeeds } from "../../../src/core/seeds";
import { definedAt, existing, graphAt, readSubgraph, scopeAt } from "../../../src/core/subgraphs/nesting";

/** `outer` holds `own`, and both use `shared`, which the workflow defines. */
export function nested(): WorkflowDocument {
  const shared = { nodes: { leaf: { type: "leaf", inputs: { seed: 1 } } }, layout: { leaf: { x: 0, y: 0, seeds: { seed: "next" } } } };
  const own = { nodes: { s: { type: "shared", inputs: {} } } };
  const outer = { nodes: { o: { type: "own", inputs: {} }, s: { type: "shared", inputs: {} } }, subgraphs: { own } };
  return {
    ...emptyDocument("nested"),
    nodes: { a: { type: "outer", inputs: {} } },
    subgraphs: { outer, shared } as unknown as Record<string, JsonObject>,
  };
}

const A = { node: "a", subgraph: "outer" };
const O = { node: "o", subgraph: "own" };
const S = { node: "s", subgraph: "shared" };

describe("a way into a workflow", () => {
  test("leads through subgraphs that graphs around define", () => {
    expect(definedAt(nested(), [A, O])).toEqual(["outer", "own"]);
    expect(definedAt(nested(), [A, O, S])).toEqual(["shared"]);
    expect(Object.keys(graphAt(nested(), [A, O, S]).nodes)).toEqual(["leaf"]);
  });

  test("gives the same object for the same graph", () => {
    const whole = nested();
    expect(graphAt(whole, [A, O])).toBe(graphAt(whole, [A, O]));
    expect(graphAt(whole, [])).toBe(whole);
    const changed = withGraph(whole, ["outer", "own"], { ...graphAt(whole, [A, O]), name: "x" });
    expect(graphAt(changed, [A, O, S])).toBe(graphAt(whole, [A, O, S]));
  });

  test("ends where there is nothing any more", () => {
    const whole = nested();
    expect(existing(whole, [A, O, S])).toEqual([A, O, S]);
    expect(existing(whole, [A, { node: "gone", subgraph: "own" }, S])).toEqual([A]);
    expect(existing(whole, [{ node: "a", subgraph: "gone" }])).toEqual([]);
  });

  test("leads to the graph that is changed, and to no other", () => {
    const whole = nested();
    const way = [A, O, S];
    const changed = withGraph(whole, definedAt(whole, way), setInput(graphAt(whole, way), "leaf", "seed", 5));
    expect(graphAt(changed, way).nodes["leaf"]!.inputs).toEqual({ seed: 5 });
    expect({ ...changed, subgraphs: {} }).toEqual({ ...whole, subgraphs: {} });
    expect(changed.subgraphs["outer"]).toBe(whole.subgraphs["outer"]);
  });

  test("names what can be used there", () => {
    expect([...scopeAt(nested(), [A]).keys()]).toEqual(["outer", "shared", "own"]);
    expect([...scopeAt(nested(), []).keys()]).toEqual(["outer", "shared"]);
  });
});

test("seeds in subgraphs have their turn, too", () => {
  const changed = withNextSeeds(nested());
  expect(readSubgraph(changed.subgraphs["shared"] as JsonObject).nodes["leaf"]!.inputs["seed"]).toBe(2);
});

test.each([
  [{ inner: 5 }, "subgraph 'inner' must be an object"],
  [{ inner: { nodes: [] } }, "subgraph 'inner' must be an object, and so must its parts"],
  [{ inner: { nodes: { a: {} } } }, "node 'a' of subgraph 'inner' needs a type"],
  [{ inner: { subgraphs: { deep: { nodes: { a: 1 } } } } }, "node 'a' of subgraph 'deep'"],
])("a damaged subgraph is refused in words", (subgraphs, words) => {
  expect(() => readDocument({ format: "graphengine/1", subgraphs })).toThrow(words);
});

test("what nobody placed lies in columns, its border on both sides, and is written with the first change", () => {
  const inner = { nodes: { last: { type: "t", inputs: { a: { from: "mid.x" } } }, mid: { type: "t", inputs: { a: { from: "first.x" } } }, first: { type: "t", inputs: {} } } };
  const whole = { ...emptyDocument(), nodes: { use: { type: "inner", inputs: {} } }, subgraphs: { inner } as unknown as Record<string, JsonObject> };
  const graph = graphAt(whole, [{ node: "use", subgraph: "inner" }]);
  expect(graph.layout).toEqual({
    "io/inputs": { x: -320, y: 0 }, first: { x: 0, y: 0 }, mid: { x: 320, y: 0 }, last: { x: 640, y: 0 }, "io/outputs": { x: 960, y: 0 },
  });
  expect(whole.subgraphs["inner"]).toBe(inner);
  expect(withGraph(whole, ["inner"], setInput(graph, "mid", "b", 1)).subgraphs["inner"]).toHaveProperty("layout.mid", { x: 320, y: 0 });
});
