import { expect, it } from "vitest";
import type { DocumentNode, WorkflowDocument } from "../../../src/core/document";
import { emptyDocument } from "../../../src/core/document";
import { masksFor, pictureFor } from "../../../src/core/painting/ground";
import type { Catalogue, NodeSchema } from "../../../src/core/schema";

const CATALOGUE: Catalogue = new Map([
  ["load_image", { inputs: [{ name: "image", literal: { type: "string", widget: "picture" } }] } as unknown as NodeSchema],
  ["load_mask", { inputs: [{ name: "mask", literal: { type: "string", widget: "mask" } }] } as unknown as NodeSchema],
]);

function graph(nodes: Record<string, [string, Record<string, string>]>): WorkflowDocument {
  const built: Record<string, DocumentNode> = {};
  for (const [name, [type, inputs]] of Object.entries(nodes)) {
    built[name] = {
      type,
      inputs: Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, value.includes(".out") ? { from: value } : value])),
    };
  }
  return { ...emptyDocument(), nodes: built };
}

it("is the picture that what reads the mask changes", () => {
  const document = graph({
    other: ["load_image", { image: "other.png" }],
    picture: ["load_image", { image: "mine.png" }],
    encode: ["vae_encode", { image: "picture.out" }],
    mask: ["load_mask", { mask: "m.png" }],
    set: ["set_noise_mask", { mask: "mask.out", latent: "encode.out" }],
    sample: ["sample", { latent: "set.out", hint: "other.out" }],
  });
  expect(pictureFor(document, CATALOGUE, "mask")).toEqual({ node: "picture", name: "mine.png" });
  expect(masksFor(document, CATALOGUE, "picture")).toEqual([{ node: "mask", input: "mask" }]);
  expect(masksFor(document, CATALOGUE, "other")).toEqual([]);
});

it("is found beyond nodes that change the mask", () => {
  const document = graph({
    picture: ["load_image", { image: "mine.png" }],
    mask: ["load_mask", {}],
    grow: ["grow_mask", { mask: "mask.out" }],
    set: ["set_noise_mask", { mask: "grow.out", latent: "picture.out" }],
  });
  expect(pictureFor(document, CATALOGUE, "mask")).toEqual({ node: "picture", name: "mine.png" });
});

it("is none where nothing reads the mask, none is loaded, or all goes in a circle", () => {
  const document = graph({
    empty: ["load_image", { image: "" }],
    mask: ["load_mask", { mask: "b.out" }],
    a: ["x", { mask: "mask.out", b: "b.out" }],
    b: ["x", { a: "a.out", c: "empty.out" }],
  });
  expect(pictureFor(document, CATALOGUE, "mask")).toBeNull();
  expect(pictureFor(graph({ mask: ["load_mask", {}] }), CATALOGUE, "mask")).toBeNull();
});
