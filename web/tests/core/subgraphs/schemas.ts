import type { Catalogue, InputSchema, NodeSchema, OutputSchema } from "../../../src/core/schema";
import { splitTypes } from "../../../src/core/types";

export function input(name: string, type: string, more: Partial<InputSchema> = {}): InputSchema {
  return {
    name, type, types: splitTypes(type), required: true, default: null, nullable: false, literal: null,
    tooltip: "", seed: false, choices: null, lazy: false, many: "", gets: null, gives: null, ...more,
  };
}

export function output(name: string, type: string): OutputSchema {
  return { name, type, types: splitTypes(type), supertypes: {}, tooltip: "" };
}

export function schema(type: string, inputs: InputSchema[], outputs: OutputSchema[], more: Partial<NodeSchema> = {}): NodeSchema {
  return { type, category: "t", description: "", inputs, outputs, output: outputs.length === 0, plugin: "t", deprecated: null, variables: {}, turns: null, ...more };
}

/** A small world: pictures that are loaded, blurred, joined, mapped and saved. */
export const CATALOGUE: Catalogue = new Map(
  [
    schema("load", [input("name", "str", { literal: { type: "string" } })], [output("image", "Image"), output("mask", "Mask")]),
    schema(
      "blur",
      [
        input("image", "Image"),
        input("amount", "float", { literal: { type: "number", minimum: 0 }, required: false, default: 1 }),
        input("seed", "int", { literal: { type: "integer" }, seed: true, required: false, default: 0 }),
      ],
      [output("image", "Image")],
    ),
    schema("mix", [input("first", "Image"), input("second", "Image")], [output("value", "Image")]),
    schema("join", [input("images", "~T", { many: "list" })], [output("value", "list[~T]")], { variables: { T: ["Any"] } }),
    schema("save", [input("image", "Image")], []),
    schema(
      "map",
      [
        input("items", "list[~T]"),
        input("body", "Body", { gets: { item: ["~T"], index: ["int"] } }),
        input("inputs", "Any", { many: "named", required: false, literal: {} }),
      ],
      [],
      { variables: { T: ["Any"] }, turns: "every" },
    ),
  ].map((each) => [each.type, each]),
);
