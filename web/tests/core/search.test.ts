import { expect, test } from "vitest";
import type { NodeSchema } from "../../src/core/schema";
import { score } from "../../src/core/search";
import { CATALOGUE, node } from "../schemas";

/** The types that fit, the best first. */
function found(typed: string, schemas: Iterable<NodeSchema> = CATALOGUE.values()): string[] {
  const fits = [...schemas].map((schema) => ({ type: schema.type, fit: score(schema, typed) })).filter(({ fit }) => fit > 0);
  return fits.sort((a, b) => b.fit - a.fit).map(({ type }) => type);
}

test("a type is found by its own name, however its words are put together", () => {
  for (const typed of ["encode_text", "encode text", "Encode_Text", "encodetext", "text encode", "enctext"]) expect(found(typed)[0]).toBe("encode_text");
});

test("a type is found by the names that other programs have for it", () => {
  expect(found("KSampler")).toEqual(["sample"]);
  expect(found("CLIPTextEncode")).toEqual(["encode_text"]);
  expect(found("empty latent image")).toEqual(["empty_latent"]);
  expect(found("CheckpointLoader")).toEqual(["load_checkpoint"]);
  expect(found("upscale")).toEqual(["resize_image"]);
  expect(found("prompt")[0]).toBe("encode_text");
});

test("a slip is forgiven where nothing is called so", () => {
  expect(found("smaple")).toEqual(["sample"]);
  expect(found("chekpoint")).toEqual(["load_checkpoint"]);
  expect(found("sample")[0]).toBe("sample");
});

test("what isn't there finds nothing, rather than what has its letters", () => {
  const words = "Load a picture of a rather long description, or a model";
  const wordy = [...CATALOGUE.values(), node("load_other", [], { value: "Model" }, { description: words })];
  for (const typed of ["lora", "load lora", "controlnet", "reroute", "note"]) expect(found(typed, wordy)).toEqual([]);
});

test("names come before other words, and those before descriptions and ports", () => {
  const schemas = [
    node("one", [], { picture: "Image" }), node("two", [], {}, { description: "A picture." }), node("load_image", []), node("picture", []),
  ];
  expect(found("picture", schemas)).toEqual(["picture", "load_image", "two", "one"]);
});
