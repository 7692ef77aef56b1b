import { describe, expect, it } from "vitest";
import { nativeSide } from "../../src/core/nativeSize";
import { farFrom } from "../../src/core/sizes";
import { CATALOGUE, catalogueOf, field, input, node } from "../schemas";

const catalogue = new Map([
  ...CATALOGUE,
  ...catalogueOf(
    node("load_checkpoint", [{ ...field("name", { type: "string" }, "str", ""), choices: "c" }], { model: "DiffusionModel", text_encoder: "TextEncoder" }),
    node("resize_latent", [input("latent", "Latent")], { latent: "Latent" }),
  ),
]);
const sides = new Map([["small", 128], ["large", 768]]);
const link = (from: string) => ({ from });
const nodes = {
  size: { type: "empty_latent", inputs: {} },
  larger: { type: "resize_latent", inputs: { latent: link("size.latent") } },
  words: { type: "encode_text", inputs: { text_encoder: link("other.text_encoder"), text: "large" } },
  sample: { type: "sample", inputs: { positive: link("words.conditioning"), latent: link("larger.latent"), model: link("mine.model") } },
  mine: { type: "load_checkpoint", inputs: { name: "small" } },
  other: { type: "load_checkpoint", inputs: { name: "large" } },
  alone: { type: "empty_latent", inputs: {} },
};
const of = (from: string, changed: Partial<typeof nodes> = {}) => nativeSide({ ...nodes, ...changed }, catalogue, sides, from);

describe("the size that a model does best", () => {
  it("is that of the model that the latent comes to, before that of what else comes there", () => expect(of("size")).toBe(128));
  it("is that of what is there, if the model's isn't known", () => expect(of("size", { mine: { type: "load_checkpoint", inputs: { name: "unknown" } } })).toBe(768));
  it("is none where nothing is linked, nor in a circle", () => {
    expect(of("alone")).toBeNull();
    const circle = { larger: { type: "resize_latent", inputs: { latent: link("sample.latent") } } };
    expect(of("alone", circle)).toBeNull();
    expect(of("sample", circle)).toBe(128);
  });
  it("is far from sizes of other areas, whatever their ratio", () => {
    expect(farFrom(512, { width: 512, height: 768 })).toBeNull();
    expect(farFrom(512, { width: 1024, height: 1024 })).toBe("larger");
    expect(farFrom(512, { width: 256, height: 512 })).toBeNull();
    expect(farFrom(512, { width: 256, height: 256 })).toBe("smaller");
  });
});
