import { expect, test } from "vitest";
import type { Artifact } from "../../../src/api/server";
import { emptyDocument, type WorkflowDocument } from "../../../src/core/document";
import { beside, withNewest, withOlder } from "../../../src/core/runs/pictures";
import { startFrom } from "../../../src/core/runs/startFrom";

const pictures = (...ids: number[]) => ids.map((id) => ({ id }) as Artifact);
const ids = (list: readonly Artifact[]) => list.map(({ id }) => id);

test("new pictures come before, deleted ones go, older pages stay", () => {
  const after = withNewest({ pictures: pictures(9, 8, 7, 6, 3, 2), next: 2 }, { artifacts: pictures(11, 9, 6), next: 6 });
  expect(ids(after.pictures)).toEqual([11, 9, 6, 3, 2]);
  expect(after.next).toBe(2);
  expect(withNewest(after, { artifacts: pictures(11), next: null })).toEqual({ pictures: pictures(11), next: null });
});

test("an older page is added once", () => {
  const after = withOlder({ pictures: pictures(9, 8), next: 8 }, { artifacts: pictures(8, 7), next: null });
  expect(ids(after.pictures)).toEqual([9, 8, 7]);
});

test("the picture beside one", () => {
  expect(beside(pictures(3, 2, 1), 2, -1)?.id).toBe(3);
  expect(beside(pictures(3, 2, 1), 1, 1)).toBeNull();
  expect(beside(pictures(3, 2, 1), 9, 1)).toBeNull();
});

test("a template starts from a picture, with the prompts and the checkpoint that made it", () => {
  const template: WorkflowDocument = {
    ...emptyDocument("t"),
    parameters: { prompt: "text.text", negative: "not.text", strength: "s.strength" },
    nodes: {
      load: { type: "load_image", inputs: { image: "old.png" } },
      check: { type: "load_checkpoint", inputs: { name: "a" } },
      text: { type: "encode_text", inputs: { text: "old" } },
      not: { type: "encode_text", inputs: { text: "stays" } },
      s: { type: "sample", inputs: { strength: 0.3 } },
    },
  };
  const made: WorkflowDocument = {
    ...emptyDocument("m"),
    parameters: { prompt: "p.text", negative: "n.text", strength: "s.strength" },
    nodes: {
      c: { type: "load_checkpoint", inputs: { name: "b" } },
      p: { type: "encode_text", inputs: { text: "new" } },
      n: { type: "encode_text", inputs: { text: { from: "x.y" } } },
      s: { type: "sample", inputs: { strength: 1 } },
    },
  };
  const { nodes } = startFrom(template, "new.png", made);
  expect(Object.values(nodes).map(({ inputs }) => Object.values(inputs)[0])).toEqual(["new.png", "b", "new", "stays", 0.3]);
  expect(startFrom(template, "new.png", null).nodes["text"]).toBe(template.nodes["text"]);
});
