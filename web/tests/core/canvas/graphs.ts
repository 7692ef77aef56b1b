import type { Box } from "../../../src/core/boxes";
import { emptyDocument, type WorkflowDocument } from "../../../src/core/document";
import type { Catalogue, InputSchema, NodeSchema } from "../../../src/core/schema";

/** Nodes of a type that reads and gives an `Any`, at these places, linked as `links` says: reader, input, source. */
export function graph(
  places: Readonly<Record<string, readonly [number, number]>>,
  links: readonly (readonly [string, string, string])[] = [],
): WorkflowDocument {
  const inputs = (name: string) =>
    Object.fromEntries(links.filter(([to]) => to === name).map(([, input, from]) => [input, { from: `${from}.out` }]));
  const nodes = Object.fromEntries(Object.keys(places).map((name) => [name, { type: "step", inputs: inputs(name) }]));
  const layout = Object.fromEntries(Object.entries(places).map(([name, [x, y]]) => [name, { x, y }]));
  return { ...emptyDocument(), nodes, layout };
}

const INPUT: InputSchema = {
  name: "in", type: "Any", types: ["Any"], required: false, default: null, nullable: false, literal: null,
  tooltip: "", seed: false, choices: null, lazy: false, many: "",
};

const STEP: NodeSchema = {
  type: "step", category: "", description: "", output: false, plugin: "", deprecated: null, variables: {},
  inputs: [INPUT, { ...INPUT, name: "many", many: "list" }],
  outputs: [{ name: "out", type: "Any", types: ["Any"], supertypes: {}, tooltip: "" }],
};

export const CATALOGUE: Catalogue = new Map([["step", STEP]]);

export function box(x: number, y: number, width = 100, height = 50): Box {
  return { x, y, width, height };
}
