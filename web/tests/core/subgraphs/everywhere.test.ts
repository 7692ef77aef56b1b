import { expect, test } from "vitest";
import { emptyDocument, type WorkflowDocument } from "../../../src/core/document";
import { graphsIn } from "../../../src/core/subgraphs/everywhere";
import { CATALOGUE } from "./schemas";

test("every graph that is used is found once, and one that contains itself ends", () => {
  const use = (type: string) => ({ type, inputs: {} });
  const whole = {
    ...emptyDocument(),
    nodes: { a: use("outer"), b: use("outer"), each: { type: "map", inputs: { body: "leaf" } }, round: use("circle") },
    subgraphs: {
      outer: { nodes: { in: use("own"), l: use("leaf") }, subgraphs: { own: { nodes: { l: use("leaf") } } } },
      leaf: { nodes: {} },
      circle: { nodes: { again: use("circle") } },
      unused: { nodes: {} },
    },
  } as unknown as WorkflowDocument;
  const ways = graphsIn(whole, CATALOGUE).map(({ inside }) => inside.map(({ node, subgraph }) => `${node}:${subgraph}`).join("/"));
  expect(ways).toEqual(["", "a:outer", "each:leaf", "round:circle", "a:outer/in:own"]);
});
