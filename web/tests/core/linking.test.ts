import { expect, test } from "vitest";
import { emptyDocument } from "../../src/core/document";
import { addNode, connect } from "../../src/core/edits";
import { fittingPort, linkable } from "../../src/core/linking";
import type { NodeSchema } from "../../src/core/schema";
import { catalogueOf, CATALOGUE, input, node } from "../schemas";

const SWITCH = node("switch", [input("value", "Any")], { value: "Any" });
const CHOOSE = node("choose", [input("values", "~T", { many: "list" })], { value: "~T" });
const MASKED = node("masked", [input("mask", "Mask"), input("image", "Image", { required: false })], { mask: "Mask" });
const SHOW = node("show", [input("value", "Any"), input("images", "list[Image]", { required: false })]);
const ALL = catalogueOf(...CATALOGUE.values(), SWITCH, CHOOSE, MASKED, SHOW);
const [DOCUMENT] = addNode(addNode(emptyDocument(), "vae_decode", { x: 0, y: 0 })[0], "save_image", { x: 0, y: 0 });

const fit = (name: string, kind: "input" | "output", schema: NodeSchema | undefined) =>
  fittingPort(DOCUMENT, ALL, { node: kind === "output" ? "vae_decode" : "save_image", name, kind }, schema as NodeSchema);

test("what is there for a picture comes before what may have one, and that before what takes anything", () => {
  expect(fit("image", "output", ALL.get("resize_image"))).toEqual({ name: "image", rank: 0 });
  expect(fit("image", "output", MASKED)).toEqual({ name: "image", rank: 1 });
  expect(fit("image", "output", SWITCH)).toEqual({ name: "value", rank: 2 });
  expect(fit("image", "output", CHOOSE)).toEqual({ name: "values", rank: 2 });
  expect(fit("image", "output", ALL.get("sample"))).toBeNull();
});

test("a port that is named for it is taken before one that takes anything", () => {
  expect(fit("image", "output", node("both", [input("value", "Any"), input("image", "Image")]))).toEqual({ name: "image", rank: 0 });
});

test("a text goes to a prompt before a name", () => {
  const texts = catalogueOf(...CATALOGUE.values(), node("words", [], { text: "str" }));
  const [document] = addNode(emptyDocument(), "words", { x: 0, y: 0 });
  const rank = (type: string) => fittingPort(document, texts, { node: "words", name: "text", kind: "output" }, texts.get(type) as NodeSchema)?.rank;
  expect(["encode_text", "load_checkpoint"].map(rank)).toEqual([0, 1]);
});

test("what gives a picture comes before what gives anything", () => {
  expect(fit("image", "input", ALL.get("vae_decode"))).toEqual({ name: "image", rank: 0 });
  expect(fit("image", "input", SWITCH)).toEqual({ name: "value", rank: 2 });
  expect(fit("image", "input", ALL.get("encode_text"))).toBeNull();
});

test("a port can be linked with those of its type that close no circle, from either end", () => {
  let document = emptyDocument();
  for (const type of ["vae_decode", "resize_image", "save_image", "sample"]) [document] = addNode(document, type, { x: 0, y: 0 });
  document = connect(document, { node: "vae_decode", output: "image" }, "resize_image", "image", ALL.get("resize_image"));
  const from = linkable(document, ALL, { node: "resize_image", name: "image", kind: "output" });
  expect([from("save_image", "image"), from("resize_image", "image"), from("vae_decode", "latent"), from("sample", "model")]).toEqual([true, false, false, false]);
  const to = linkable(document, ALL, { node: "resize_image", name: "image", kind: "input" });
  expect([to("vae_decode", "image"), to("resize_image", "image"), to("sample", "latent")]).toEqual([true, false, false]);
});
