import { expect, test } from "vitest";
import { readDocument } from "../../src/core/document";
import { moveNodes, renameNode, setInput } from "../../src/core/edits";
import { asTaken } from "../../src/core/exact";
import { parseJson, writeJson } from "../../src/core/json";
import { fileText } from "../../src/core/written";

const FILE = `{
  "format": "graphengine/1",
  "name": "loop",
  "parameters": {
    "guidance": "pictures.guidance"
  },
  "nodes": {
    "pictures": {
      "type": "map",
      "inputs": {
        "body": "draw",
        "guidance": 4.0,
        "count": 4,
        "seed": 18446744073709551615
      },
      "mode": "mute"
    }
  },
  "subgraphs": {
    "draw": {
      "inputs": {
        "guidance": {
          "type": "float",
          "default": 4.0
        }
      },
      "nodes": {}
    }
  },
  "layout": {
    "pictures": {
      "x": 1,
      "y": 2
    }
  }
}
`;

test("a file is written again letter by letter, whether or not a schema knows its inputs", () => {
  expect(fileText(readDocument(parseJson(FILE)))).toBe(FILE);
});

test("numbers that nobody touched stay as they were through other edits", () => {
  let document = readDocument(parseJson(FILE));
  document = moveNodes(document, { pictures: { x: 40, y: 50 } });
  document = setInput(document, "pictures", "count", 5);
  document = renameNode(document, "pictures", "drawn");
  const expected = FILE.replaceAll('"pictures"', '"drawn"')
    .replace("pictures.guidance", "drawn.guidance")
    .replace('"count": 4', '"count": 5')
    .replace('"x": 1', '"x": 40')
    .replace('"y": 2', '"y": 50');
  expect(fileText(document)).toBe(expected);
});

test("fields come in the engine's order, and empty ones of a subgraph's kind aren't there", () => {
  const document = readDocument(parseJson('{"nodes":{},"outputs":{"a":"b.c"},"inputs":{},"format":"graphengine/1"}'));
  expect(fileText(document).replace(/\s/g, "")).toBe(
    '{"format":"graphengine/1","name":"","parameters":{},"outputs":{"a":"b.c"},"nodes":{},"subgraphs":{},"layout":{}}',
  );
});

test.each([
  [4, { type: "number" }, "4.0"],
  [4.5, { type: "number" }, "4.5"],
  [4, { type: "integer" }, "4"],
  [4, { anyOf: [{ type: "number" }, { type: "null" }] }, "4.0"],
  [4, { anyOf: [{ type: "number" }, { type: "integer" }] }, "4"],
  [4, {}, "4"],
  [4, null, "4"],
  [[14.6, 4, 0], { type: "array", items: { type: "number" } }, "[14.6,4.0,0.0]"],
  [[4], { type: "array", items: { type: "integer" } }, "[4]"],
])("%j for %j is written %s", (value, schema, text) => {
  expect(writeJson(asTaken(value, schema))).toBe(text);
});

test("looks that make no sense are left out, the others kept; other keys are looked at where they are drawn", () => {
  const layout = {
    a: { x: 1.0, y: 2, title: { deep: 1 }, colour: 5, width: "wide", collapsed: true, mine: [1] },
    b: { x: 1e300, y: 0 },
    c: "somewhere",
    "note/1": 3,
  };
  const read = readDocument(parseJson(JSON.stringify({ format: "graphengine/1", layout })));
  expect(read.layout).toEqual({ a: { x: 1, y: 2, collapsed: true, mine: [1] }, b: { y: 0 }, "note/1": 3 });
});
