import { expect, test } from "vitest";
import { emptyDocument, type WorkflowDocument } from "../../../src/core/document";
import type { JsonObject } from "../../../src/core/json";
import { nodeInFront, placeAt } from "../../../src/core/subgraphs/ways";
import { CATALOGUE } from "./schemas";

const WHOLE: WorkflowDocument = {
  ...emptyDocument(),
  nodes: { top: { type: "outer", inputs: {} }, each: { type: "map", inputs: { body: "draw" } } },
  subgraphs: {
    outer: { nodes: { mid: { type: "map", inputs: { body: "draw" } } } },
    draw: { nodes: { leaf: { type: "blur", inputs: {} } } },
  } as unknown as Record<string, JsonObject>,
};
const TOP = { node: "top", subgraph: "outer" };
const EACH = { node: "each", subgraph: "draw" };
const MID = { node: "mid", subgraph: "draw" };

test.each([
  ["top", { inside: [], node: "top" }],
  ["top/mid", { inside: [TOP], node: "mid" }],
  ["each/turn_3/leaf", { inside: [EACH], node: "leaf" }],
  ["each/draw/leaf", { inside: [EACH], node: "leaf" }],
  ["each/turn_3/leaf/0", { inside: [EACH], node: "leaf" }],
  ["top/mid/turn_0/leaf", { inside: [TOP, MID], node: "leaf" }],
  ["each/0", { inside: [], node: "each" }],
  ["top/gone", { inside: [], node: "top" }],
  ["gone", null],
])("%s is found", (path, expected) => {
  expect(placeAt(WHOLE, path, CATALOGUE)).toEqual(expected);
});

test("what lies deeper is of the node in front that it is inside of", () => {
  const place = placeAt(WHOLE, "top/mid/turn_0/leaf", CATALOGUE)!;
  expect(nodeInFront(place, [])).toBe("top");
  expect(nodeInFront(place, [TOP])).toBe("mid");
  expect(nodeInFront(place, [TOP, MID])).toBe("leaf");
  expect(nodeInFront(place, [EACH])).toBeNull();
});
