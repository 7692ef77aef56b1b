import { describe, expect, test } from "vitest";
import { emptyDocument, linkOf, linksOf, placeOf, readDocument, type WorkflowDocument } from "../../src/core/document";
import * as edits from "../../src/core/edits";
import { copyNodes, pasteNodes } from "../../src/core/clip";
import { parseJson } from "../../src/core/json";
import type { Catalogue, InputSchema, NodeSchema } from "../../src/core/schema";
import { inputSchema } from "../../src/core/schema";
import { colourType, fits, splitTypes } from "../../src/core/types";

function input(name: string, type: string, more: Partial<InputSchema> = {}): InputSchema {
  return {
    name, type, types: splitTypes(type), required: true, default: null, nullable: false, literal: null,
    tooltip: "", seed: false, choices: null, lazy: false, many: "", ...more,
  };
}

function schema(type: string, inputs: InputSchema[], gives: string | null, more: Partial<NodeSchema> = {}): NodeSchema {
  const outputs = gives === null ? [] : [{ name: "value", type: gives, types: splitTypes(gives), supertypes: {}, tooltip: "" }];
  return { type, category: "t", description: "", inputs, outputs, output: gives === null, plugin: "t", deprecated: null, variables: {}, ...more };
}

const CATALOGUE: Catalogue = new Map(
  [
    schema("load", [], "Image"),
    schema("blur", [input("image", "Image"), input("amount", "float", { literal: { type: "number" } })], "Image"),
    schema("save", [input("image", "Image")], null),
    schema("join", [input("images", "~T", { many: "list" })], "list[~T]", { variables: { T: ["Any"] } }),
  ].map((each) => [each.type, each]),
);

function chain(): WorkflowDocument {
  let document = emptyDocument("chain");
  for (const [index, type] of ["load", "blur", "save"].entries()) [document] = edits.addNode(document, type, { x: index, y: 0 });
  document = edits.connect(document, { node: "load", output: "value" }, "blur", "image", CATALOGUE.get("blur"));
  return edits.connect(document, { node: "blur", output: "value" }, "save", "image", CATALOGUE.get("save"));
}

describe("names", () => {
  test("are those of the type, with a number where taken", () => {
    const [document, name] = edits.addNode(chain(), "blur", { x: 1.4, y: 2 });
    expect(name).toBe("blur_2");
    expect(Object.keys(document.nodes)).toEqual(["load", "blur", "save", "blur_2"]);
  });

  test("never have a dot or a slash, and are never that of a subgraph's own inputs", () => {
    expect(edits.freeName(emptyDocument(), "my.thing/a")).toBe("my_thing_a");
    expect(edits.freeName(emptyDocument(), "inputs")).toBe("inputs_2");
  });

  test("are changed with every link and parameter", () => {
    const document = edits.setParameter(chain(), "blur.amount", "amount");
    const renamed = edits.renameNode(document, "blur", "soften");
    expect(linksOf(renamed).map(({ to, from }) => `${from.node}>${to}`)).toEqual(["load>soften", "soften>save"]);
    expect(renamed.parameters).toEqual({ amount: "soften.amount" });
    expect(placeOf(renamed, "soften")).toEqual({ x: 1, y: 0 });
  });
});

describe("links", () => {
  test("are only what has exactly a from", () => {
    expect(linkOf({ from: "a.b" })).toEqual({ node: "a", output: "b" });
    expect(linkOf({ from: "a.b", more: 1 })).toBeNull();
    expect(linkOf("a.b")).toBeNull();
  });

  test("to an input of many take the next number, and the rest move up when one goes", () => {
    let [document] = edits.addNode(chain(), "join", { x: 0, y: 0 });
    for (let count = 0; count < 3; count++) {
      document = edits.connect(document, { node: "load", output: "value" }, "join", "images", CATALOGUE.get("join"));
    }
    expect(Object.keys(document.nodes["join"]!.inputs)).toEqual(["images.0", "images.1", "images.2"]);
    document = edits.disconnect(document, [{ node: "join", input: "images.1" }], CATALOGUE);
    expect(Object.keys(document.nodes["join"]!.inputs)).toEqual(["images.0", "images.1"]);
  });

  test("lead around a node that goes, if asked", () => {
    expect(linksOf(edits.removeNodes(chain(), ["blur"], CATALOGUE, true))).toEqual([
      { to: "save", input: "image", from: { node: "load", output: "value" } },
    ]);
    expect(linksOf(edits.removeNodes(chain(), ["blur"], CATALOGUE))).toEqual([]);
  });

  test("that close a circle are known before they are made", () => {
    expect(edits.closesCircle(chain(), "save", "load")).toBe(true);
    expect(edits.closesCircle(chain(), "load", "save")).toBe(false);
  });
});

test("a link that is there already, drawn again, is no change", () => {
  const document = chain();
  expect(edits.connect(document, { node: "load", output: "value" }, "blur", "image", CATALOGUE.get("blur"))).toBe(document);
});

describe("removing and pasting", () => {
  test("a removed node takes its place and its parameters along", () => {
    const document = edits.removeNodes(edits.setParameter(chain(), "blur.amount", "a"), ["blur"], CATALOGUE);
    expect(document.layout).not.toHaveProperty("blur");
    expect(document.parameters).toEqual({});
  });

  test("pasted nodes are linked among each other, and to what was copied from", () => {
    const [document, names] = pasteNodes(chain(), copyNodes(chain(), ["blur", "save"]), { x: 10, y: 10 });
    expect(names).toEqual(["blur_2", "save_2"]);
    expect(linkOf(document.nodes["save_2"]!.inputs["image"])?.node).toBe("blur_2");
    expect(linkOf(document.nodes["blur_2"]!.inputs["image"])?.node).toBe("load");
    expect(placeOf(document, "blur_2")).toEqual({ x: 11, y: 10 });
  });

  test("a paste reads another workflow's node of that name only if it gives what fits", () => {
    const clip = copyNodes(chain(), ["blur"]);
    const types: Catalogue = new Map([...CATALOGUE, ["mask", schema("mask", [], "Mask")]]);
    const read = (type: string) => {
      const [other] = edits.addNode(emptyDocument(), type, { x: 0, y: 0 }, {}, "load");
      return linkOf(pasteNodes(other, clip, { x: 0, y: 0 }, types)[0].nodes["blur"]!.inputs["image"])?.node;
    };
    expect(["load", "blur", "mask", "save", "unheard_of"].map(read)).toEqual(["load", "load", undefined, undefined, "load"]);
  });

  test("a paste inside of a subgraph goes on reading what that takes", () => {
    const inputs = { picture: { type: "Image" }, mask: { type: "Mask" } };
    const reading = (name: string) => {
      const inside = { ...edits.setInput(chain(), "blur", "image", { from: `inputs.${name}` }), inputs };
      return pasteNodes(inside, copyNodes(inside, ["blur"]), { x: 0, y: 0 }, CATALOGUE)[0].nodes["blur_2"]!.inputs;
    };
    expect(["picture", "mask", "gone"].map(reading)).toEqual([{ image: { from: "inputs.picture" } }, {}, {}]);
  });

  test("links to what isn't there are left out of a paste", () => {
    const [document] = pasteNodes(emptyDocument(), copyNodes(chain(), ["blur"]), { x: 0, y: 0 });
    expect(document.nodes["blur"]!.inputs).toEqual({});
  });
});

describe("types", () => {
  const output = (type: string, supertypes = {}) => ({ name: "o", type, types: splitTypes(type), supertypes, tooltip: "" });

  test.each([
    ["Image", "Image", true],
    ["Image", "Mask", false],
    ["int", "float", true],
    ["float", "int", false],
    ["list[Image]", "Image", true],
    ["Image", "list[Image]", false],
    ["Image | Mask", "Image", false],
    ["Image", "Image | Mask", true],
    ["Any", "Image", true],
    ["Image", "Any", true],
    ["list[Image | Mask]", "list[Image | Mask]", true],
  ])("%s into %s: %s", (given, taken, expected) => {
    expect(fits(output(given), input("i", taken))).toBe(expected);
  });

  test("a class fits its base", () => {
    expect(fits(output("VAE", { VAE: ["Component"] }), input("i", "Component"))).toBe(true);
  });

  test("a variable is bound by what it may stand for", () => {
    expect(fits(output("Image"), input("i", "~T"), {}, { T: ["Image", "Mask"] })).toBe(true);
    expect(fits(output("str"), input("i", "~T"), {}, { T: ["Image", "Mask"] })).toBe(false);
    expect(fits(output("Image"), input("i", "list[~T]"), {}, { T: ["Any"] })).toBe(false);
  });

  test("the colour is that of the items", () => {
    expect(colourType(splitTypes("list[Image] | None"))).toBe("Image");
  });
});

describe("documents", () => {
  test.each([
    ["[]", "expected a JSON object"],
    ["{}", 'expected the format "graphengine/1", got none'],
    ['{"format":"graphengine/1","nodes":[]}', "'nodes' must be an object"],
    ['{"format":"graphengine/1","nodes":{"a":{}}}', "node 'a' needs a type"],
  ])("%s is refused in words", (text, words) => {
    expect(() => readDocument(parseJson(text))).toThrow(words);
  });

  test("an input of many is found by its number", () => {
    expect(inputSchema(CATALOGUE.get("join")!, "images.7")?.name).toBe("images");
    expect(inputSchema(CATALOGUE.get("blur")!, "nothing")).toBeNull();
  });
});
