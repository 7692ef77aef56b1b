import { describe, expect, test } from "vitest";
import { boundsOfClip, clearOf, copyNodes, pasteNodes, readClip } from "../../../src/core/clip";
import { emptyDocument, placeOf } from "../../../src/core/document";
import { moveNodes, removeNodes, renameNode } from "../../../src/core/edits";
import * as items from "../../../src/core/items";
import { parseJson, writeJson } from "../../../src/core/json";
import { pointsOf, setPoints } from "../../../src/core/routes";
import { box, CATALOGUE, graph } from "./graphs";

const SIZES = new Map(["a", "b", "c"].map((name) => [name, { width: 100, height: 50 }]));

function grouped() {
  const nodes = graph({ a: [20, 50], b: [170, 50], c: [600, 50] }, [["b", "in", "a"], ["c", "in", "b"]]);
  const [framed] = items.addItem(nodes, "group", { ...box(0, 0, 300, 150), title: "both" });
  const [document] = items.addItem(framed, "note", { ...box(10, 110, 80, 30), text: "why" });
  return setPoints(setPoints(document, "b", "in", [{ x: 140, y: 20 }]), "c", "in", [{ x: 400, y: 20 }]);
}

describe("a group", () => {
  test("has in it the nodes and notes whose middle it holds", () => {
    expect(items.membersOf(grouped(), "group/1", SIZES)).toEqual(["a", "b", "note/1"]);
  });

  test("has another group in it only as a whole", () => {
    const [inner] = items.addItem(grouped(), "group", box(10, 10, 50, 50));
    expect(items.membersOf(inner, "group/1", SIZES)).toContain("group/2");
    const [wider] = items.addItem(grouped(), "group", box(10, 10, 400, 100));
    expect(items.membersOf(wider, "group/1", SIZES)).not.toContain("group/2");
    expect(items.membersOf(wider, "group/2", SIZES)).not.toContain("group/1");
  });

  test("moves with what lies in it, and with the way points between", () => {
    const document = grouped();
    const keys = items.withMembers(document, ["group/1"], SIZES);
    const places = keys.map((key) => [key, { x: (placeOf(document, key)?.x ?? 0) + 8, y: placeOf(document, key)?.y ?? 0 }]);
    const moved = moveNodes(document, Object.fromEntries(places));
    expect(["a", "b", "c", "group/1", "note/1"].map((key) => placeOf(moved, key)?.x)).toEqual([28, 178, 600, 8, 18]);
    expect(pointsOf(moved, "b", "in")).toEqual([{ x: 148, y: 20 }]);
    expect(pointsOf(moved, "c", "in")).toEqual([{ x: 400, y: 20 }]);
    expect(items.itemOf(moved, "group/1")).toMatchObject({ width: 300, title: "both" });
  });
});

describe("items", () => {
  test("that are damaged are none, and are left alone", () => {
    const wrong = { "group/1": { x: 1 }, "note/1": [], "note/2": { ...box(0, 0), text: { a: 1 } }, "note/3": { ...box(1e9, 0) } };
    const document = { ...emptyDocument(), layout: { ...wrong, "other/1": { ...box(0, 0) } } };
    expect(items.itemKeys(document)).toEqual([]);
    expect(items.freeKey(document, "group")).toBe("group/2");
    expect(items.removeItems(document, ["group/1"])).toBe(document);
  });

  test("change and lose properties", () => {
    const changed = items.changeItems(grouped(), ["group/1", "a"], { colour: "red", title: undefined });
    expect(changed.layout["group/1"]).toEqual({ ...box(0, 0, 300, 150), colour: "red" });
    expect(changed.layout["a"]).toEqual({ x: 20, y: 50 });
  });

  test("are removed with the nodes, by the same function", () => {
    const left = removeNodes(grouped(), ["b", "group/1"], CATALOGUE);
    expect(Object.keys(left.layout)).toEqual(["a", "c", "note/1"]);
  });
});

describe("the way points of a node's links", () => {
  test("follow its name, and go with a link that goes", () => {
    expect(Object.keys(renameNode(grouped(), "b", "d").layout)).toContain("route/d.in");
    const around = removeNodes(grouped(), ["b"], CATALOGUE, true);
    expect(around.nodes["c"]?.inputs).toEqual({ in: { from: "a.out" } });
    expect(Object.keys(around.layout).filter((key) => key.startsWith("route/"))).toEqual([]);
  });
});

describe("a copy", () => {
  test("takes groups, notes and way points along, through the text of the clipboard", () => {
    const copied = copyNodes(grouped(), ["a", "b", "group/1", "note/1"]);
    const clip = readClip(parseJson(writeJson(copied as never)) as never);
    if (!clip) throw new Error("no clip");
    expect(boundsOfClip(clip)).toMatchObject({ x: 0, y: 0 });
    const [pasted, keys] = pasteNodes(grouped(), clip, { x: 1000, y: 0 });
    expect(keys).toEqual(["a_2", "b_2", "group/2", "note/2"]);
    expect(pasted.nodes["b_2"]?.inputs).toEqual({ in: { from: "a_2.out" } });
    expect(pointsOf(pasted, "b_2", "in")).toEqual([{ x: 1140, y: 20 }]);
    expect(items.itemOf(pasted, "note/2")).toEqual({ ...box(1010, 110, 80, 30), text: "why" });
  });

  test("never lies exactly on what is there: copies of one place are steps apart", () => {
    const step = { x: 32, y: 32 };
    const clip = copyNodes(grouped(), ["a"]);
    const [once] = pasteNodes(grouped(), clip, clearOf(grouped(), clip, { x: 1000, y: 0 }, step));
    const [twice, [again]] = pasteNodes(once, clip, clearOf(once, clip, { x: 1000, y: 0 }, step));
    const [first, second] = ["a_2", again as string].map((key) => items.boxOf(twice, key, new Map()));
    expect(first).toMatchObject({ x: 1020, y: 50 });
    expect(second).toMatchObject({ x: 1052, y: 82 });
    expect(clearOf(grouped(), clip, { x: 0, y: 0 }, step)).toEqual(step);
  });

  test("has no way points of links that it doesn't have whole", () => {
    expect(Object.keys(copyNodes(grouped(), ["c"]).layout)).toEqual(["c"]);
  });

  test("of something else is refused", () => {
    expect(readClip({ nodes: { a: { type: 3 } }, layout: {} })).toBeNull();
    expect(readClip({ nodes: {} })).toBeNull();
  });
});
