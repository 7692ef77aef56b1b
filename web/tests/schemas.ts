import type { Catalogue, InputSchema, LiteralSchema, NodeSchema } from "../src/core/schema";
import { splitTypes } from "../src/core/types";

/** An input that only a link can bring, unless told otherwise. */
export function input(name: string, type: string, more: Partial<InputSchema> = {}): InputSchema {
  return {
    name, type, types: splitTypes(type), required: true, default: null, nullable: false, literal: null,
    tooltip: "", seed: false, choices: null, lazy: false, many: "", ...more,
  } as InputSchema;
}

/** An input with a field of its own. */
export function field(name: string, literal: LiteralSchema, type: string, value: InputSchema["default"]): InputSchema {
  return input(name, type, { required: false, default: value, literal });
}

/** A node type with these inputs, and outputs written `name: type`. */
export function node(type: string, inputs: InputSchema[], outputs: Record<string, string> = {}, more: Partial<NodeSchema> = {}): NodeSchema {
  return {
    type, category: "t", description: "", inputs, output: Object.keys(outputs).length === 0, plugin: "t", deprecated: null, variables: {},
    outputs: Object.entries(outputs).map(([name, each]) => ({ name, type: each, types: splitTypes(each), supertypes: {}, tooltip: "" })),
    ...more,
  } as NodeSchema;
}

export function catalogueOf(...schemas: NodeSchema[]): Catalogue {
  return new Map(schemas.map((each) => [each.type, each]));
}

const number = { type: "number", minimum: 0, maximum: 100 };
const integer = { type: "integer", minimum: 1, maximum: 10_000 };

/** The nodes of `text_to_image`, with some of their inputs, and one that takes many. */
export const CATALOGUE = catalogueOf(
  node("load_checkpoint", [field("name", { type: "string" }, "str", "")], { model: "DiffusionModel", text_encoder: "TextEncoder", vae: "VAE" }),
  node("encode_text", [input("text_encoder", "TextEncoder"), field("text", { type: "string", widget: "multiline" }, "str", "")], { conditioning: "Conditioning" }),
  node("empty_latent", [field("width", integer, "int", 512), field("height", integer, "int", 512), field("count", integer, "int", 1)], { latent: "Latent" }),
  node(
    "sample",
    [
      input("model", "DiffusionModel"), input("positive", "Conditioning"), input("negative", "Conditioning"), input("latent", "Latent"),
      field("seed", { type: "integer" }, "int", 0), field("steps", integer, "int", 20), field("guidance", number, "float", 7),
    ],
    { latent: "Latent", denoised: "Latent" },
  ),
  node("vae_decode", [input("vae", "VAE"), input("latent", "Latent")], { image: "Image" }),
  node("resize_image", [input("image", "Image"), field("scale", number, "float", 1)], { image: "Image" }),
  node("blend", [input("image", "Image"), input("other", "Image")], { image: "Image" }),
  node("collect", [input("images", "Image", { many: "list" })], { images: "list[Image]" }),
  node("save_image", [input("image", "Image")]),
);
