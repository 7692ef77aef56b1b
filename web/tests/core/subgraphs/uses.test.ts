import { describe, expect, test } from "vitest";
import { emptyDocument, type WorkflowDocument } from "../../../src/core/document";
import { removeNodes } from "../../../src/core/edits";
import type { JsonObject } from "../../../src/core/json";
import { bringDefinitions, definitionsFor } from "../../../src/core/subgraphs/definitions";
import { scopeAt } from "../../../src/core/subgraphs/nesting";
import { movePort, removeInput, removeOutput } from "../../../src/core/subgraphs/ports";
import { graphOf, isUsed, removeSubgraph, renameInput, renameOutput, renameSubgraph, replaceGraph } from "../../../src/core/subgraphs/uses";
import { CATALOGUE } from "./schemas";

const from = (source: string) => ({ from: source });

/** `soften` is used at the top, by a `map` as its body, and in `outer`, which hands its output on. */
function workflow(): WorkflowDocument {
  const soften = {
    inputs: { item: { type: "Image" }, strength: { type: "float", default: 1.5 } },
    outputs: { image: "blur.image" },
    nodes: { blur: { type: "blur", inputs: { image: from("inputs.item"), amount: from("inputs.strength") } } },
  };
  const outer = {
    inputs: { picture: { type: "Image" } },
    outputs: { done: "s.image" },
    nodes: { s: { type: "soften", inputs: { item: from("inputs.picture") } } },
  };
  return {
    ...emptyDocument(),
    parameters: { strength: "use.strength" },
    nodes: {
      load: { type: "load", inputs: { name: "a" } },
      use: { type: "soften", inputs: { item: from("load.image"), strength: 2 } },
      each: { type: "map", inputs: { items: from("load.image"), body: "soften", strength: 3 } },
      deep: { type: "outer", inputs: { picture: from("use.image") } },
      joined: { type: "join", inputs: { "images.0": from("deep.done"), "images.1": from("each.image") } },
    },
    subgraphs: { soften, outer } as unknown as Record<string, JsonObject>,
  };
}

const SOFTEN = ["soften"];

describe("a port with another name", () => {
  test("is followed inside and by every use, as a type and as a body", () => {
    const changed = renameInput(workflow(), SOFTEN, "strength", "amount", CATALOGUE);
    const inner = graphOf(changed, SOFTEN);
    expect(Object.keys(inner.inputs!)).toEqual(["item", "amount"]);
    expect(inner.nodes["blur"]!.inputs["amount"]).toEqual(from("inputs.amount"));
    expect(changed.nodes["use"]!.inputs).toEqual({ item: from("load.image"), amount: 2 });
    expect(changed.nodes["each"]!.inputs).toEqual({ items: from("load.image"), body: "soften", amount: 3 });
    expect(changed.parameters).toEqual({ strength: "use.amount" });
    expect(renameInput(changed, SOFTEN, "amount", "strength", CATALOGUE)).toEqual(renameInput(workflow(), SOFTEN, "strength", "strength", CATALOGUE));
  });

  test("is followed by what reads it, in other subgraphs too", () => {
    const changed = renameOutput(workflow(), SOFTEN, "image", "soft", CATALOGUE);
    expect(changed.nodes["deep"]!.inputs).toEqual({ picture: from("use.soft") });
    expect(changed.nodes["joined"]!.inputs["images.1"]).toEqual(from("each.soft"));
    expect(graphOf(changed, ["outer"]).outputs).toEqual({ done: "s.soft" });
  });
});

describe("a port that is gone", () => {
  test("is let go of by every use, with the parameters that set it", () => {
    const changed = replaceGraph(workflow(), SOFTEN, removeInput(graphOf(workflow(), SOFTEN), "strength"), CATALOGUE);
    expect(changed.nodes["use"]!.inputs).toEqual({ item: from("load.image") });
    expect(changed.nodes["each"]!.inputs).toEqual({ items: from("load.image"), body: "soften" });
    expect(changed.parameters).toEqual({});
    expect(graphOf(changed, SOFTEN).nodes["blur"]!.inputs["amount"]).toBe(1.5);
  });

  test("takes along what was handed on from it, through every graph around", () => {
    const changed = replaceGraph(workflow(), SOFTEN, removeOutput(graphOf(workflow(), SOFTEN), "image"), CATALOGUE);
    expect(graphOf(changed, ["outer"]).outputs).toEqual({});
    expect(changed.nodes["deep"]!.inputs).toEqual({});
    expect(changed.nodes["joined"]!.inputs).toEqual({});
  });

  test("goes with the node inside that it came from", () => {
    const changed = replaceGraph(workflow(), SOFTEN, removeNodes(graphOf(workflow(), SOFTEN), ["blur"], CATALOGUE), CATALOGUE);
    expect(graphOf(changed, SOFTEN).outputs).toEqual({});
    expect(changed.nodes["joined"]!.inputs).toEqual({});
  });
});

test("ports change places", () => {
  const inner = graphOf(workflow(), SOFTEN);
  expect(Object.keys(movePort(inner, "inputs", "strength", -1).inputs!)).toEqual(["strength", "item"]);
  expect(movePort(inner, "inputs", "item", -1)).toBe(inner);
});

describe("a subgraph", () => {
  test("with another name is followed as a type and as a body", () => {
    const changed = renameSubgraph(workflow(), SOFTEN, "mild", CATALOGUE);
    expect(changed.nodes["use"]!.type).toBe("mild");
    expect(changed.nodes["each"]!.inputs["body"]).toBe("mild");
    expect(graphOf(changed, ["outer"]).nodes["s"]!.type).toBe("mild");
    expect(Object.keys(changed.subgraphs)).toEqual(["mild", "outer"]);
  });

  test("is used by whatever can name it, and by nothing once that is gone", () => {
    const left = removeNodes(workflow(), ["use", "each"], CATALOGUE);
    expect(isUsed(left, SOFTEN, CATALOGUE)).toBe(true);
    const none = removeSubgraph(left, ["outer"]);
    expect(isUsed(none, SOFTEN, CATALOGUE)).toBe(false);
    expect(removeSubgraph(none, SOFTEN).subgraphs).toEqual({});
  });
});

test("a parameter of a subgraph that is gone is let go of, too", () => {
  const whole = workflow();
  const inner = { ...graphOf(whole, SOFTEN), parameters: { turn: "blur.seed" } };
  const set = replaceGraph(whole, SOFTEN, inner, CATALOGUE);
  const given = { ...set, nodes: { ...set.nodes, use: { type: "soften", inputs: { item: from("load.image"), turn: 4 } } }, parameters: { turn: "use.turn" } };
  const changed = replaceGraph(given, SOFTEN, { ...inner, parameters: {} }, CATALOGUE);
  expect(changed.nodes["use"]!.inputs).toEqual({ item: from("load.image") });
  expect(changed.parameters).toEqual({});
});

test("a subgraph that is handed on as a body counts as used", () => {
  const apply = { inputs: { what: { type: "str", default: "soften" } }, nodes: { each: { type: "map", inputs: { body: from("inputs.what") } } } };
  const whole = { ...emptyDocument(), subgraphs: { soften: { nodes: {} }, apply } as unknown as Record<string, JsonObject> };
  expect(isUsed(whole, SOFTEN, CATALOGUE)).toBe(true);
  expect(isUsed({ ...whole, subgraphs: { soften: whole.subgraphs["soften"]! } }, SOFTEN, CATALOGUE)).toBe(false);
});

describe("subgraphs that go along with nodes", () => {
  const { deep, each } = workflow().nodes;
  const clip = definitionsFor({ deep: deep!, each: each! }, scopeAt(workflow(), []), CATALOGUE);

  test("are those that they run, and that these run in turn", () => {
    expect(Object.keys(clip).sort()).toEqual(["outer", "soften"]);
    expect(definitionsFor({ load: workflow().nodes["load"]! }, scopeAt(workflow(), []), CATALOGUE)).toEqual({});
  });

  test("are added where there are none, and left out where they are already", () => {
    const [fresh] = bringDefinitions(emptyDocument(), new Map(), clip, { deep: deep! }, CATALOGUE);
    expect(Object.keys(fresh.subgraphs).sort()).toEqual(["outer", "soften"]);
    const here = workflow();
    expect(bringDefinitions(here, scopeAt(here, []), clip, { deep: deep! }, CATALOGUE)[0].subgraphs).toEqual(here.subgraphs);
  });

  test("get other names where theirs mean something else, and so does what runs them", () => {
    const other = { ...emptyDocument(), subgraphs: { soften: { nodes: {} }, outer: workflow().subgraphs["outer"]! } as Record<string, JsonObject> };
    const [brought, nodes] = bringDefinitions(other, scopeAt(other, []), clip, { deep: deep!, each: each! }, CATALOGUE);
    expect(Object.keys(brought.subgraphs).sort()).toEqual(["outer", "outer_2", "soften", "soften_2"]);
    expect(nodes["deep"]!.type).toBe("outer_2");
    expect(nodes["each"]!.inputs["body"]).toBe("soften_2");
    expect(graphOf(brought, ["outer_2"]).nodes["s"]!.type).toBe("soften_2");
    expect(brought.subgraphs["soften"]).toEqual({ nodes: {} });
  });
});
