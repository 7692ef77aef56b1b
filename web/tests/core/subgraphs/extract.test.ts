import { describe, expect, test } from "vitest";
import { emptyDocument, type DocumentNode, type WorkflowDocument } from "../../../src/core/document";
import type { Json, JsonObject } from "../../../src/core/json";
import { setSeedHabit } from "../../../src/core/seeds";
import { dissolve, dissolveRefusal } from "../../../src/core/subgraphs/dissolve";
import { extract, extractRefusal } from "../../../src/core/subgraphs/extract";
import { scopeAt } from "../../../src/core/subgraphs/nesting";
import { withSubgraphs } from "../../../src/core/subgraphs/schema";
import { isUsed, removeSubgraph } from "../../../src/core/subgraphs/uses";
import { WholeFloat } from "../../../src/core/wholeFloat";
import { CATALOGUE } from "./schemas";

const from = (source: string): Json => ({ from: source });

function picture(): WorkflowDocument {
  const nodes: Record<string, DocumentNode> = {
    load: { type: "load", inputs: { name: "a.png" } },
    blur: { type: "blur", inputs: { image: from("load.image"), amount: 2.5 } },
    again: { type: "blur", inputs: { image: from("load.image"), seed: 7 }, mode: "bypass" },
    mix: { type: "mix", inputs: { first: from("blur.image"), second: from("again.image") } },
    save: { type: "save", inputs: { image: from("mix.value") } },
  };
  const layout = Object.fromEntries(Object.keys(nodes).map((name, index) => [name, { x: index * 300, y: (index % 2) * 40 }]));
  return { ...emptyDocument("picture"), nodes, layout, parameters: { amount: "blur.amount", turn: "again.seed", strength: "again.amount" } };
}

const typesOf = (document: WorkflowDocument) => withSubgraphs(CATALOGUE, scopeAt(document, []));

function made(names: string[], document = picture()): WorkflowDocument {
  return extract(document, names, "soften", typesOf(document))[0];
}

/** Dissolve, and let go of the subgraph if nothing else uses it. */
function undone(document: WorkflowDocument, use = "soften"): WorkflowDocument {
  const [found] = dissolve(document, use, scopeAt(document, []), typesOf(document));
  const type = document.nodes[use]!.type;
  return isUsed(found, [type], CATALOGUE) ? found : removeSubgraph(found, [type]);
}

describe("nodes put together", () => {
  test("read what is read from outside by one input each, and give what is read outside", () => {
    const { nodes, subgraphs } = made(["blur", "again", "mix"]);
    expect(nodes["soften"]).toEqual({ type: "soften", inputs: { image: from("load.image"), amount: 2.5, seed: 7 } });
    expect(nodes["save"]!.inputs).toEqual({ image: from("soften.mix") });
    const inner = subgraphs["soften"] as JsonObject;
    expect(inner["outputs"]).toEqual({ mix: "mix.value" });
    expect(inner["inputs"]).toEqual({
      image: { type: "Image" },
      amount: { type: "float", default: 2.5 },
      seed: { type: "int", default: 7 },
      amount_2: { type: "float", default: new WholeFloat(1) },
    });
    expect((inner["nodes"] as never as WorkflowDocument["nodes"])["again"]).toEqual({
      type: "blur",
      inputs: { image: from("inputs.image"), seed: from("inputs.seed"), amount: from("inputs.amount_2") },
      mode: "bypass",
    });
  });

  test("keep the workflow's parameters", () => {
    expect(made(["blur", "again", "mix"]).parameters).toEqual({ amount: "soften.amount", turn: "soften.seed", strength: "soften.amount_2" });
  });

  test("a parameter of an input that reads a node inside is a parameter of the subgraph", () => {
    const document = { ...picture(), parameters: { base: "mix.first" } };
    const found = made(["blur", "mix"], document);
    expect(found.parameters).toEqual({ base: "soften.first" });
    expect((found.subgraphs["soften"] as JsonObject)["parameters"]).toEqual({ first: "mix.first" });
    expect(undone(found)).toEqual(document);
  });

  test("what a seed does from run to run goes with the parameter", () => {
    const found = made(["again", "mix"], setSeedHabit(picture(), "again", "seed", "random"));
    expect(found.layout["soften"]).toMatchObject({ seeds: { seed: "random" } });
    expect(undone(found).layout["again"]).toMatchObject({ seeds: { seed: "random" } });
  });

  test("can't have between them what isn't chosen", () => {
    expect(extractRefusal(picture(), ["load", "mix"])).toContain("'blur'");
    expect(extractRefusal(picture(), [])).not.toBeNull();
    expect(extractRefusal(picture(), ["blur", "mix"])).toBeNull();
  });

  test("become a subgraph in a subgraph, which reads that one's inputs", () => {
    const outer = made(["blur", "again", "mix"]);
    const inner = outer.subgraphs["soften"] as never as WorkflowDocument;
    const graph = { ...emptyDocument(), ...inner };
    const [nested, use] = extract(graph, ["blur", "mix"], "deep", typesOf(outer));
    expect(nested.nodes[use]!.inputs).toEqual({ image: from("inputs.image"), amount: from("inputs.amount"), second: from("again.image") });
    expect(nested.outputs).toEqual({ mix: "deep.mix" });
    expect(dissolve(nested, use, scopeAt(nested, []), typesOf(nested))[0].nodes).toEqual(graph.nodes);
  });
});

describe("a use that is dissolved", () => {
  test("leaves the document that there was, whatever was put together", () => {
    const document = picture();
    const names = Object.keys(document.nodes);
    let tried = 0;
    for (let chosen = 1; chosen < 2 ** names.length; chosen++) {
      const some = names.filter((_, index) => chosen & (1 << index));
      if (extractRefusal(document, some) !== null) continue;
      tried++;
      const found = made(some);
      expect(dissolveRefusal(found, "soften", scopeAt(found, []))).toBeNull();
      expect(undone(found)).toEqual(document);
    }
    expect(tried).toBeGreaterThan(15);
  });

  test("gives its nodes free names, and leaves the subgraph to its other uses", () => {
    const first = made(["blur", "mix"]);
    const second = { type: "soften", inputs: { image: from("load.image"), second: from("soften.mix") } };
    const both = { ...first, nodes: { ...first.nodes, more: second } };
    const found = undone(undone(both), "more");
    expect(Object.keys(found.nodes).sort()).toEqual(["again", "blur", "load", "mix", "more_blur", "more_mix", "save"]);
    expect(found.nodes["more_mix"]!.inputs).toEqual({ first: from("more_blur.image"), second: from("mix.value") });
    expect(found.nodes["more_blur"]!.inputs).toEqual({ image: from("load.image"), amount: 2.5 });
    expect(found.subgraphs).toEqual({});
    expect(undone(both).subgraphs).toHaveProperty("soften");
  });

  test("is refused where the graph would say something else", () => {
    const document = made(["blur", "again"], { ...picture(), parameters: {} });
    const inner = document.subgraphs["soften"] as JsonObject;
    const twice = { ...document, parameters: { picture: "soften.image" } };
    expect(dissolveRefusal(twice, "soften", scopeAt(twice, []))).toContain("'picture'");
    const asleep = { ...document, nodes: { ...document.nodes, soften: { ...document.nodes["soften"]!, mode: "bypass" as const } } };
    expect(dissolveRefusal(asleep, "soften", scopeAt(asleep, []))).toContain("bypassed");
    expect(dissolveRefusal(document, "load", scopeAt(document, []))).not.toBeNull();
    expect(inner["outputs"]).toEqual({ image: "blur.image", again_image: "again.image" });
  });

  test("brings the subgraphs that it defines, under other names where theirs are taken", () => {
    const leaf = (value: number) => ({ nodes: { leaf: { type: "load", inputs: { name: `${value}` } } }, outputs: { image: "leaf.image" } });
    const document: WorkflowDocument = {
      ...emptyDocument(),
      nodes: { use: { type: "outer", inputs: {} }, other: { type: "leaf", inputs: {} } },
      subgraphs: {
        leaf: leaf(1),
        outer: { nodes: { inner: { type: "leaf", inputs: {} } }, outputs: { image: "inner.image" }, subgraphs: { leaf: leaf(2) } },
      } as unknown as Record<string, JsonObject>,
    };
    const found = undone(document, "use");
    expect(found.nodes).toEqual({ inner: { type: "leaf_2", inputs: {} }, other: { type: "leaf", inputs: {} } });
    expect(found.subgraphs).toEqual({ leaf: leaf(1), leaf_2: leaf(2) });
  });

  test("that is muted leaves muted nodes", () => {
    const document = made(["blur", "mix"]);
    const muted = { ...document, nodes: { ...document.nodes, soften: { ...document.nodes["soften"]!, mode: "mute" as const } } };
    expect(undone(muted).nodes["blur"]!.mode).toBe("mute");
  });
});
