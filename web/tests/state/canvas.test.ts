/** What commands do on the canvas, without a page. */
import "../page";
import { beforeEach, describe, expect, test } from "vitest";
import { itemOf } from "../../src/core/items";
import { useCatalogue } from "../../src/state/catalogue";
import { freeFor } from "../../src/state/commands/adding";
import { clipText, duplicate, pasteText } from "../../src/state/commands/clipboard";
import { artifactIn } from "../../src/state/commands/dropping";
import { removeSelection, tidy, toggleMode } from "../../src/state/commands/editing";
import { fitGroups, group, selectMembers } from "../../src/state/commands/grouping";
import { addPoints, straighten, walkLinks } from "../../src/state/commands/links";
import { colour } from "../../src/state/commands/looks";
import { align, grow, nudge } from "../../src/state/commands/moving";
import { createEditor, type EditorStore, redo, undo } from "../../src/state/editor";
import { useTabs } from "../../src/state/tabs";
import { CATALOGUE, graph } from "../core/canvas/graphs";

let editor: EditorStore;
const document = () => editor.getState().document;

beforeEach(() => {
  useCatalogue.setState({ nodes: CATALOGUE, loaded: true });
  editor = createEditor(graph({ a: [0, 0], b: [400, 0], c: [800, 0] }, [["b", "in", "a"], ["c", "in", "b"]]));
  useTabs.setState({ tabs: [{ id: "tab", editor }], active: "tab" });
});

describe("a paste without a mouse", () => {
  const placeOfPasted = () => document().layout[editor.getState().selection[0] as string];

  test("lies beside what was copied, each further than the one before", () => {
    editor.getState().select(["a"]);
    const clip = clipText() as string;
    pasteText(clip, null);
    expect(placeOfPasted()).toMatchObject({ x: 32, y: 32 });
    pasteText(clip, null);
    expect(placeOfPasted()).toMatchObject({ x: 64, y: 64 });
  });

  test("is brought to where it is seen", () => {
    editor.getState().edit("move", (before) => ({ ...before, layout: { ...before.layout, a: { x: 9000, y: 9000 } } }));
    editor.getState().select(["a"]);
    pasteText(clipText() as string, null);
    expect(placeOfPasted()).toMatchObject({ x: 368, y: 272 }); // its middle in the middle of 1000 by 700, on the grid
  });
});

test("tidying up what is tidy, and aligning what is in line, are no steps", async () => {
  await tidy();
  editor.getState().select(["a", "b"]);
  align("top");
  const before = document();
  await tidy();
  align("top");
  expect(document()).toBe(before);
});

describe("a group", () => {
  test("is a frame around what was selected, moves with it, and is one step", () => {
    editor.getState().select(["a", "b"]);
    group();
    expect(itemOf(document(), "group/1")).toEqual({ x: -24, y: -40, width: 708, height: 224 });
    expect(editor.getState().selection).toEqual(["group/1"]);
    nudge(8, 0);
    expect(["a", "b", "c"].map((name) => (document().layout[name] as { x: number }).x)).toEqual([8, 408, 800]);
    expect([undo(editor), undo(editor), undo(editor)]).toEqual(["move a group or note", "group", null]);
  });

  test("lends its nodes to what is done to nodes", () => {
    editor.getState().select(["a", "b"]);
    group();
    toggleMode("mute");
    expect(Object.values(document().nodes).map(({ mode }) => mode)).toEqual(["mute", "mute", undefined]);
    duplicate();
    expect(Object.keys(document().nodes)).toEqual(["a", "b", "c", "a_2", "b_2"]);
    editor.getState().select(["group/2"]);
    selectMembers();
    expect(editor.getState().selection).toEqual(["a", "b", "a_2", "b_2"]);
  });

  test("is resized by keys and fitted again", () => {
    editor.getState().select(["a"]);
    group();
    const before = itemOf(document(), "group/1");
    grow(80, 80);
    expect(itemOf(document(), "group/1")).toMatchObject({ width: 388, height: 304 });
    fitGroups();
    expect(itemOf(document(), "group/1")).toEqual(before);
  });

  test("has a colour, as nodes have", () => {
    editor.getState().select(["c"]);
    group();
    editor.getState().select(["a", "group/1"]);
    colour("teal");
    expect([itemOf(document(), "group/1")?.colour, document().layout["a"]]).toEqual(["teal", { x: 0, y: 0, colour: "teal" }]);
    colour(null);
    expect(document().layout["a"]).toEqual({ x: 0, y: 0 });
  });
});

describe("links", () => {
  test("of a node are gone through one by one", () => {
    editor.getState().select(["b"]);
    const seen = [1, 2, 3].map(() => {
      walkLinks();
      return editor.getState().links;
    });
    expect(seen).toEqual([["b.in"], ["c.in"], ["b.in"]]);
  });

  test("get way points, several at once, and lose them", () => {
    editor.getState().select([], ["b.in", "c.in"]);
    addPoints();
    const routes = Object.keys(document().layout).filter((key) => key.startsWith("route/"));
    expect(routes).toEqual(["route/b.in", "route/c.in"]);
    straighten();
    expect(Object.keys(document().layout)).toEqual(["a", "b", "c"]);
    expect(undo(editor)).toBe("remove way points");
    expect(redo(editor)).toBe("remove way points");
  });

  test("that are selected with a node that goes don't keep others from being linked around it", () => {
    editor.getState().select(["b"], ["b.in", "c.in"]);
    removeSelection(true);
    expect(document().nodes["c"]?.inputs).toEqual({ in: { from: "a.out" } });
  });

  test("that are selected alone are removed alone", () => {
    editor.getState().select([], ["c.in"]);
    removeSelection(false);
    expect(document().nodes["c"]?.inputs).toEqual({});
    expect(editor.getState().links).toEqual([]);
    expect(undo(editor)).toBe("unlink");
  });
});

test("what lies in a selected group is aligned with it, not by itself", () => {
  editor.getState().select(["a", "b"]);
  group();
  nudge(0, 80);
  editor.getState().select(["group/1", "a", "c"]);
  align("top");
  expect(["a", "b", "c"].map((name) => (document().layout[name] as { y: number }).y)).toEqual([40, 40, 0]);
});

test("a copy of nothing is none", () => {
  expect(clipText()).toBeNull();
});

test("something new lies right of the selected node, and on nothing", () => {
  const size = { width: 260, height: 160 };
  editor.getState().select(["c"]);
  expect(freeFor(document(), size)).toEqual({ x: 1136, y: 0 });
  editor.getState().select(["a"]);
  const { x, y } = freeFor(document(), size);
  expect(x + 260 <= 400 || x >= 660 || y >= 160 || y <= -160).toBe(true);
});

test("a picture of the gallery is known by its address", () => {
  expect(artifactIn("/api/artifacts/12/thumbnail")).toBe(12);
  expect(artifactIn("https://elsewhere.example/api/artifacts/12/file")).toBeNull();
  expect(artifactIn("/api/uploads/12")).toBeNull();
});
