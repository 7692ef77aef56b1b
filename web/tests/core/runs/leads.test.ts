import { expect, test } from "vitest";
import { emptyDocument, type WorkflowDocument } from "../../../src/core/document";
import { setInput } from "../../../src/core/edits";
import type { Problem } from "../../../src/core/problems";
import { mayStillBe, upstream } from "../../../src/core/runs/leads";

const link = (from: string) => ({ from: `${from}.out` });
const document: WorkflowDocument = {
  ...emptyDocument(),
  nodes: {
    a: { type: "t", inputs: { v: 1 } },
    b: { type: "t", inputs: { x: link("a") } },
    c: { type: "t", inputs: { x: link("b"), y: link("a"), z: link("gone") } },
    d: { type: "t", inputs: { v: 1 } },
  },
};
const problem = (node: string | null) => ({ kind: "k", message: "m", node, input: "x" }) as Problem;

test("what leads to a node", () => {
  expect([...upstream(document, ["c"])].sort()).toEqual(["a", "b", "c"]);
  expect([...upstream(document, ["d"])]).toEqual(["d"]);
});

test("an error of a run stands until the node or what leads to it is edited", () => {
  const moved = { ...document, layout: { a: { x: 1, y: 1 } } };
  expect(mayStillBe(problem("b"), document, moved)).toBe(true);
  expect(mayStillBe(problem("b"), document, setInput(document, "d", "v", 2))).toBe(true);
  expect(mayStillBe(problem("b"), document, setInput(document, "a", "v", 2))).toBe(false);
  expect(mayStillBe(problem("b/inner"), document, setInput(document, "b", "w", 2))).toBe(false);
  expect(mayStillBe(problem(null), document, setInput(document, "d", "v", 2))).toBe(false);
});
