import { describe, expect, it } from "vitest";
import { emptyDocument, type WorkflowDocument } from "../../src/core/document";
import { missingNames, replaceName } from "../../src/core/missing";
import { graphAt } from "../../src/core/subgraphs/nesting";
import { catalogueOf, field, input, node } from "../schemas";

const CATALOGUE = catalogueOf(
  node("load", [input("name", "str", { literal: { type: "string" }, choices: "Checkpoints", options: ["shapes.safetensors", "round.ckpt"], hint: "put it there" }), field("other", { type: "string" }, "str", "")]),
);
const load = (name: unknown) => ({ type: "load", inputs: { name } }) as never;
const DOCUMENT: WorkflowDocument = {
  ...emptyDocument(),
  nodes: { a: load("shape.safetensors"), b: load("shapes.safetensors"), c: load({ from: "x.y" }), d: load("none.bin"), use: { type: "inner", inputs: {} } },
  subgraphs: { inner: { nodes: { deep: load("shape.safetensors") } } as never },
};

describe("names that are missing", () => {
  it("are told once each, with what is near and what to do", () => {
    expect(missingNames(DOCUMENT, CATALOGUE)).toEqual([
      { name: "shape.safetensors", choices: "Checkpoints", options: ["shapes.safetensors", "round.ckpt"], near: ["shapes.safetensors"], hint: "put it there", uses: 2 },
      { name: "none.bin", choices: "Checkpoints", options: ["shapes.safetensors", "round.ckpt"], near: [], hint: "put it there", uses: 1 },
    ]);
  });

  it("are replaced wherever they stand, and nothing else is touched", () => {
    const after = replaceName(DOCUMENT, CATALOGUE, "Checkpoints", "shape.safetensors", "round.ckpt");
    expect(after.nodes["a"]?.inputs["name"]).toBe("round.ckpt");
    expect(graphAt(after, [{ node: "use", subgraph: "inner" }]).nodes["deep"]?.inputs["name"]).toBe("round.ckpt");
    expect(after.nodes["b"]).toBe(DOCUMENT.nodes["b"]);
    expect(missingNames(after, CATALOGUE).map(({ name }) => name)).toEqual(["none.bin"]);
  });

  it("that nothing gives leave the very same workflow", () => {
    expect(replaceName(DOCUMENT, CATALOGUE, "Checkpoints", "unknown", "round.ckpt")).toBe(DOCUMENT);
    expect(replaceName(DOCUMENT, CATALOGUE, "Others", "shape.safetensors", "round.ckpt")).toBe(DOCUMENT);
  });
});

it("a name that a subgraph takes is looked for where the subgraph is used", () => {
  const inner = { inputs: { model: { type: "str" } }, nodes: { deep: { type: "load", inputs: { name: { from: "inputs.model" } } } } };
  const whole = { ...emptyDocument(), nodes: { use: { type: "inner", inputs: { model: "gone.bin" } } }, subgraphs: { inner } as never } as WorkflowDocument;
  expect(missingNames(whole, CATALOGUE).map(({ name }) => name)).toEqual(["gone.bin"]);
  expect(replaceName(whole, CATALOGUE, "Checkpoints", "gone.bin", "round.ckpt").nodes["use"]!.inputs["model"]).toBe("round.ckpt");
});
