import { describe, expect, test } from "vitest";
import { emptyDocument, type WorkflowDocument } from "../../src/core/document";
import { addNode, setInput } from "../../src/core/edits";
import type { JsonObject } from "../../src/core/json";
import { createEditor, redo, undo } from "../../src/state/editor";

function workflow(): WorkflowDocument {
  const inner = { nodes: { leaf: { type: "leaf", inputs: { value: 1 } } } };
  return { ...emptyDocument("w"), nodes: { use: { type: "inner", inputs: {} } }, subgraphs: { inner } as unknown as Record<string, JsonObject> };
}

const INNER = [{ node: "use", subgraph: "inner" }];

describe("a subgraph in front", () => {
  test("is what edits change; the whole has it in its place", () => {
    const editor = createEditor(workflow());
    editor.getState().go(INNER);
    editor.getState().edit("set", (graph) => setInput(graph, "leaf", "value", 2));
    const { whole, document, saved } = editor.getState();
    expect(document.nodes["leaf"]!.inputs["value"]).toBe(2);
    expect(whole.subgraphs["inner"]).toMatchObject({ nodes: { leaf: { type: "leaf", inputs: { value: 2 } } } });
    expect(whole.nodes).toBe(saved.nodes);
    expect(whole).not.toBe(saved);
  });

  test("undo and redo go to where the change was made", () => {
    const editor = createEditor(workflow());
    editor.getState().go(INNER);
    editor.getState().edit("inside", (graph) => setInput(graph, "leaf", "value", 2));
    editor.getState().go([]);
    editor.getState().edit("outside", (graph) => addNode(graph, "other", { x: 0, y: 0 })[0]);
    editor.getState().go(INNER);
    expect(undo(editor)).toBe("outside");
    expect(editor.getState().inside).toEqual([]);
    expect(undo(editor)).toBe("inside");
    expect(editor.getState().inside).toEqual(INNER);
    expect(editor.getState().whole).toBe(editor.getState().saved);
    expect(editor.getState().document.nodes["leaf"]!.inputs["value"]).toBe(1);
    editor.getState().go([]);
    expect(redo(editor)).toBe("inside");
    expect(editor.getState().inside).toEqual(INNER);
    expect(redo(editor)).toBe("outside");
    expect(editor.getState().inside).toEqual([]);
    expect(editor.getState().document).toHaveProperty("nodes.other");
  });

  test("is left when it is gone", () => {
    const editor = createEditor(workflow());
    editor.getState().go(INNER);
    editor.getState().editWhole("away", (whole) => ({ ...whole, subgraphs: {} }));
    expect(editor.getState().inside).toEqual([]);
    expect(editor.getState().document).toBe(editor.getState().whole);
  });

  test("what was entered is selected on the way back", () => {
    const editor = createEditor(workflow());
    editor.getState().go(INNER);
    editor.getState().go([]);
    expect(editor.getState().selection).toEqual(["use"]);
  });

  test("one gesture is one step, inside as well", () => {
    const editor = createEditor(workflow());
    editor.getState().go(INNER);
    for (const value of [2, 3, 4]) editor.getState().edit("set", (graph) => setInput(graph, "leaf", "value", value), "drag");
    expect(editor.temporal.getState().pastStates).toHaveLength(1);
    undo(editor);
    expect(editor.getState().document.nodes["leaf"]!.inputs["value"]).toBe(1);
  });
});
