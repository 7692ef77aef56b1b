import { expect, test } from "vitest";
import { detailOf, FEW, MANY } from "../../src/ui/canvas/detail";
import { shapeOf } from "../../src/core/cardShape";
import { asMeasured } from "../../src/ui/canvas/measured";
import { field, input, node } from "../schemas";

test("less is drawn from afar, sooner of more than a few nodes, and of a large graph less still", () => {
  expect([1, 0.44, 0.25, 0.24, 0.1].map((zoom) => detailOf(zoom, FEW))).toEqual(["all", "all", "all", "far", "far"]);
  expect([1, 0.45, 0.44, 0.1].map((zoom) => detailOf(zoom, FEW + 1))).toEqual(["all", "all", "far", "far"]);
  expect([0.45, 0.44, 0.25, 0.24].map((zoom) => detailOf(zoom, MANY + 1))).toEqual(["all", "far", "far", "map"]);
});

const schema = node("mix", [input("image", "Image"), field("share", { type: "number" }, "float", 1)], { mixed: "Image" });

test("a card's ports lie inside it, one below the other, each where a link to it ends", () => {
  const { width, height, ports } = shapeOf({ type: "mix", inputs: {} }, { x: 0, y: 0 }, schema);
  expect(ports.map(({ id, kind }) => `${kind} ${id}`)).toEqual(["source mixed", "target image", "target share"]);
  const places = ports.map(({ y }) => y);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(Math.max(...places)).toBeLessThan(height);
  const { handles } = asMeasured({ width, height, ports });
  expect(handles.map(({ x }) => x > width / 2)).toEqual([true, false, false]);
});

test("a link instead of a field makes a card lower, and a collapsed one is lowest", () => {
  const high = (inputs: object, place: object) => shapeOf({ type: "mix", inputs: inputs as never }, { x: 0, y: 0, ...place }, schema).height;
  expect(high({ share: { from: "number.value" } }, {})).toBeLessThan(high({}, {}));
  expect(high({}, { collapsed: true })).toBeLessThan(high({ share: { from: "number.value" } }, {}));
  expect(shapeOf({ type: "mix", inputs: {} }, { x: 0, y: 0, collapsed: true }, schema).ports).toHaveLength(3);
});

test("a card is as much higher as the ratios below a width and a height are", () => {
  const side = { type: "integer", minimum: 8 };
  const high = (other: string) => shapeOf({ type: "size", inputs: {} }, null, node("size", [field(other, side, "int", 8), field("height", side, "int", 8)])).height;
  expect(high("width") - high("depth")).toBe(36);
});
