import { describe, expect, test } from "vitest";
import { emptyDocument, type WorkflowDocument } from "../../../src/core/document";
import type { JsonObject } from "../../../src/core/json";
import { refusal } from "../../../src/core/linking";
import { inputSchema } from "../../../src/core/schema";
import { schemaOf } from "../../../src/core/subgraphs/bodies";
import { linkPorts, schemaAt } from "../../../src/core/subgraphs/border";
import { INPUTS_CARD, ONE_MORE, OUTPUTS_CARD } from "../../../src/core/subgraphs/cards";
import { scopeAt } from "../../../src/core/subgraphs/nesting";
import { withSubgraphs } from "../../../src/core/subgraphs/schema";
import { CATALOGUE } from "./schemas";

const SOFTEN = {
  inputs: { image: "Image", strength: { type: "float", default: 2 }, anything: { type: "Any" } },
  outputs: { image: "blur.image", all: "join.value", same: "inputs.image" },
  parameters: { seed: "blur.seed" },
  nodes: {
    blur: { type: "blur", inputs: { image: { from: "inputs.image" }, amount: { from: "inputs.strength" } } },
    join: { type: "join", inputs: { "images.0": { from: "blur.image" }, "images.1": { from: "inputs.anything" } } },
    save: { type: "save", inputs: { image: { from: "blur.image" } } },
  },
};

function workflow(nodes: WorkflowDocument["nodes"] = {}, subgraphs: object = { soften: SOFTEN }): WorkflowDocument {
  return { ...emptyDocument(), nodes, subgraphs: subgraphs as Record<string, JsonObject> };
}

const typesOf = (document: WorkflowDocument) => withSubgraphs(CATALOGUE, scopeAt(document, []));

describe("a subgraph as a node type", () => {
  const schema = typesOf(workflow()).get("soften")!;

  test("takes what it declares, with the limits and defaults of what reads it, and its parameters", () => {
    expect(schema.inputs.map(({ name, type, required, default: value }) => [name, type, required, value])).toEqual([
      ["image", "Image", true, null],
      ["strength", "float", false, 2],
      ["anything", "Any", true, null],
      ["seed", "int", false, 0],
    ]);
    expect(inputSchema(schema, "strength")!.literal).toEqual({ type: "number", minimum: 0 });
    expect(inputSchema(schema, "image")!.literal).toBeNull();
    expect(inputSchema(schema, "seed")!.seed).toBe(true);
  });

  test("gives what comes out inside: of a variable what it stands for, of an input what is declared", () => {
    expect(schema.outputs.map(({ name, type }) => [name, type])).toEqual([["image", "Image"], ["all", "list[Any]"], ["same", "Image"]]);
    expect(schema.output).toBe(true);
  });

  test("gives lists where it maps inside", () => {
    const inner = { ...SOFTEN, inputs: { image: "list[Image]" }, outputs: { image: "blur.image" } };
    expect(typesOf(workflow({}, { soften: inner })).get("soften")!.outputs[0]!.type).toBe("list[Image]");
  });

  test("that uses others is described through them, and one that contains itself ends", () => {
    const outer = { outputs: { picture: "use.image" }, nodes: { use: { type: "soften", inputs: {} } } };
    const circle = { outputs: { x: "again.x" }, nodes: { again: { type: "circle", inputs: {} } } };
    const types = typesOf(workflow({}, { soften: SOFTEN, outer, circle }));
    expect(types.get("outer")!.outputs[0]!.type).toBe("Image");
    expect(types.get("circle")!.outputs[0]!.type).toBe("Any");
  });

  test("is checked by type when it is linked", () => {
    const document = workflow({ load: { type: "load", inputs: {} }, use: { type: "soften", inputs: {} } });
    const types = typesOf(document);
    const attempt = (sourceHandle: string) => refusal(document, types, { source: "load", sourceHandle, target: "use", targetHandle: "image" });
    expect(attempt("image")).toBeNull();
    expect(attempt("mask")).toContain("Image");
  });
});

describe("a node with a body", () => {
  const each = { inputs: { item: "Image", strength: { type: "float", default: 1 } }, outputs: { image: "blur.image" }, nodes: SOFTEN.nodes };
  const node = { type: "map", inputs: { body: "each" } };
  const types = typesOf(workflow({}, { each }));

  test("takes what the body takes beside what it gives it, and gives lists of what that gives", () => {
    const schema = schemaOf(types, node)!;
    expect(schema.inputs.map(({ name }) => name)).toEqual(["items", "body", "strength"]);
    expect(schema.outputs.map(({ name, type }) => [name, type])).toEqual([["image", "list[Image]"]]);
  });

  test("keeps room for what the body doesn't take, so that nothing is hidden", () => {
    const schema = schemaOf(types, { ...node, inputs: { ...node.inputs, other: 1 } })!;
    expect(schema.inputs.map(({ name }) => name)).toContain("inputs");
  });

  test("without one is as the catalogue has it", () => {
    expect(schemaOf(types, { type: "map", inputs: { body: "gone" } })).toBe(CATALOGUE.get("map"));
  });
});

describe("the border, from inside", () => {
  const graph = { ...emptyDocument(), ...(SOFTEN as object) } as WorkflowDocument;

  test("has a port for each input and output, and one for more", () => {
    expect(schemaAt(CATALOGUE, graph, INPUTS_CARD)!.outputs.map(({ name }) => name)).toEqual(["image", "strength", "anything", ONE_MORE]);
    expect(schemaAt(CATALOGUE, graph, OUTPUTS_CARD)!.inputs.map(({ name }) => name)).toEqual(["image", "all", "same", ONE_MORE]);
  });

  test("gets an input for what is drawn to, with the value that it held as its default", () => {
    const held = { ...graph, nodes: { ...graph.nodes, blur: { type: "blur", inputs: { amount: 3.5 } } } };
    const ends = { source: INPUTS_CARD, sourceHandle: ONE_MORE, target: "blur", targetHandle: "amount" };
    const changed = linkPorts(held, CATALOGUE, ends);
    expect(changed.inputs!["amount"]).toEqual({ type: "float", default: 3.5 });
    expect(changed.nodes["blur"]!.inputs["amount"]).toEqual({ from: "inputs.amount" });
  });

  test("gets an output for what is drawn from, and another source for one that there is", () => {
    const ends = { source: "blur", sourceHandle: "image", target: OUTPUTS_CARD, targetHandle: ONE_MORE };
    expect(linkPorts(graph, CATALOGUE, ends).outputs).toEqual({ ...SOFTEN.outputs, image_2: "blur.image" });
    expect(linkPorts(graph, CATALOGUE, { ...ends, targetHandle: "all" }).outputs!["all"]).toBe("blur.image");
    expect(linkPorts(graph, CATALOGUE, { ...ends, source: INPUTS_CARD, targetHandle: "all" }).outputs!["all"]).toBe("inputs.image");
    expect(refusal(graph, CATALOGUE, { source: INPUTS_CARD, sourceHandle: ONE_MORE, target: OUTPUTS_CARD, targetHandle: ONE_MORE })).not.toBeNull();
  });
});
