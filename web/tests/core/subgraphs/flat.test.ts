import { expect, test } from "vitest";
import { emptyDocument, type WorkflowDocument } from "../../../src/core/document";
import { nativeSide } from "../../../src/core/nativeSize";
import { flatName, flatNodes } from "../../../src/core/subgraphs/flat";
import { CATALOGUE as PLAIN, catalogueOf, field, node } from "../../schemas";

const link = (from: string) => ({ from });
const loader = node("load_checkpoint", [{ ...field("name", { type: "string" }, "str", ""), choices: "c" }], { model: "DiffusionModel" });
const CATALOGUE = new Map([...PLAIN, ...catalogueOf(loader)]);
const loading = (name: string | object) => ({ type: "load_checkpoint", inputs: { name } });

/** `size` uses a subgraph with the latent in it, `models` one in one with the checkpoint, and both meet in `sample`. */
const WHOLE = {
  ...emptyDocument(),
  nodes: {
    size: { type: "latents", inputs: {} },
    models: { type: "outer", inputs: { which: "small" } },
    sample: { type: "sample", inputs: { model: link("models.model"), latent: link("size.latent") } },
    round: { type: "circle", inputs: {} },
  },
  subgraphs: {
    latents: { nodes: { empty: { type: "empty_latent", inputs: {} } }, outputs: { latent: "empty.latent" } },
    outer: {
      inputs: { which: { type: "str" } },
      nodes: { own: { type: "inner", inputs: { name: link("inputs.which") } } },
      outputs: { model: "own.model" },
      subgraphs: {
        inner: { inputs: { name: { type: "str", default: "large" } }, nodes: { load: loading(link("inputs.name")) }, outputs: { model: "load.model" } },
      },
    },
    circle: { nodes: { again: { type: "circle", inputs: { in: link("again.out") } } } },
  },
} as unknown as WorkflowDocument;

test("what comes through borders is linked directly, and literals are brought in", () => {
  const nodes = flatNodes(WHOLE, CATALOGUE);
  expect(Object.keys(nodes)).toEqual(["size/empty", "models/own/load", "sample"]);
  expect(nodes["models/own/load"]?.inputs).toEqual({ name: "small" });
  expect(nodes["sample"]?.inputs).toEqual({ model: link("models/own/load.model"), latent: link("size/empty.latent") });
  expect(flatNodes(WHOLE, CATALOGUE)).toBe(nodes);
});

test("a link that goes in a circle through borders leads to nothing", () => {
  const through = { inputs: { in: { type: "Latent" } }, outputs: { out: "inputs.in" } };
  const use = (from: string) => ({ type: "through", inputs: { in: link(from) } });
  const nodes = { a: use("b.out"), b: use("a.out"), sample: { type: "sample", inputs: { latent: link("a.out") } } };
  const whole = { ...emptyDocument(), nodes, subgraphs: { through } } as unknown as WorkflowDocument;
  expect(flatNodes(whole, CATALOGUE)["sample"]?.inputs).toEqual({ latent: null });
});

test("what isn't given has its default", () => {
  const { which: _, ...inputs } = WHOLE.nodes["models"]!.inputs;
  const outer = { ...(WHOLE.subgraphs["outer"] as object), nodes: { own: { type: "inner", inputs: {} } } };
  const whole = { ...WHOLE, nodes: { ...WHOLE.nodes, models: { type: "outer", inputs } }, subgraphs: { ...WHOLE.subgraphs, outer } } as WorkflowDocument;
  expect(flatNodes(whole, CATALOGUE)["models/own/load"]?.inputs).toEqual({ name: "large" });
});

test("the size that a model does best is found across borders, from a node inside and from its subgraph's use", () => {
  const sides = new Map([["small", 128]]);
  const from = (inside: { node: string; subgraph: string }[], name: string) => nativeSide(flatNodes(WHOLE, CATALOGUE), CATALOGUE, sides, flatName(inside, name));
  expect(from([{ node: "size", subgraph: "latents" }], "empty")).toBe(128);
  expect(from([], "size")).toBe(128);
  expect(from([], "gone")).toBeNull();
});
