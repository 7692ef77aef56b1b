import { describe, expect, it } from "vitest";
import { type Brush, coverage, resized } from "../../../src/core/painting/brush";
import { type Area, emptyMask } from "../../../src/core/painting/mask";
import { PaintSession, scaled } from "../../../src/core/painting/session";
import { feathered, filled, flooded, inverted } from "../../../src/core/painting/whole";

const HARD: Brush = { size: 6, hardness: 1, opacity: 1, erase: false };
const at = (x: number, y: number, pressure = 1) => ({ x, y, pressure });

function session(width = 40, height = 20) {
  const areas: Area[] = [];
  const painting = new PaintSession(emptyMask(width, height), (area) => areas.push(area));
  const value = (x: number, y: number) => painting.mask.data[y * width + x];
  return { painting, areas, value };
}

describe("a brush", () => {
  it("covers fully within its hard part and not at all beyond its edge", () => {
    expect(coverage(4.9, 10, 0.5)).toBe(1);
    expect(coverage(10, 10, 0.5)).toBe(0);
    expect(coverage(7.5, 10, 0.5)).toBeCloseTo(0.5);
    expect(coverage(3, 10, 0)).toBeGreaterThan(coverage(6, 10, 0));
    expect(coverage(0.4, 0.5, 1)).toBeGreaterThan(0); // the smallest still paints
  });

  it("grows and shrinks by the same steps", () => {
    let size = 1;
    const sizes = [size];
    while (size < 1000) sizes.push((size = resized(size, true)));
    for (const before of sizes.toReversed().slice(1)) expect((size = resized(size, false))).toBe(before);
    expect(resized(1, false)).toBe(1);
  });
});

describe("a stroke", () => {
  it("paints a line without gaps, as thick as the brush", () => {
    const { painting, value } = session();
    painting.begin(HARD, at(5, 10));
    painting.move(at(30, 10));
    painting.finish();
    for (let x = 5; x < 30; x++) expect([value(x, 7), value(x, 9), value(x, 12)]).toEqual([255, 255, 255]);
    expect(value(15, 5)).toBe(0);
    expect(value(36, 10)).toBe(0);
  });

  it("covers alike however often it crosses itself, and adds up with the next", () => {
    const { painting, value } = session();
    const half = { ...HARD, opacity: 0.5 };
    painting.begin(half, at(5, 10));
    for (let turn = 0; turn < 5; turn++) for (const x of [30, 5]) painting.move(at(x, 10));
    painting.finish();
    expect(value(15, 10)).toBe(128);
    painting.begin(half, at(15, 10));
    painting.finish();
    expect(value(15, 10)).toBe(192);
  });

  it("is as thick as a pen presses", () => {
    const { painting, value } = session();
    painting.begin(HARD, at(5, 10, 0.2));
    painting.move(at(35, 10, 1));
    painting.finish();
    expect([value(5, 8), value(33, 8)]).toEqual([0, 255]);
  });

  it("goes on straight from where the last one ended", () => {
    const { painting, value } = session();
    painting.begin(HARD, at(5, 5));
    painting.finish();
    painting.begin(HARD, at(35, 15), true);
    painting.finish();
    expect(value(20, 10)).toBe(255);
  });

  it("erases", () => {
    const { painting, value } = session();
    painting.apply((mask) => flooded(mask, 255));
    painting.begin({ ...HARD, erase: true }, at(10, 10));
    painting.finish();
    expect([value(10, 10), value(30, 10)]).toEqual([0, 255]);
  });

  it("tells of no area beyond the mask, and paints nothing outside", () => {
    const { painting, areas } = session();
    painting.begin(HARD, at(-50, -50));
    painting.finish();
    expect(areas).toEqual([]);
    expect(painting.canUndo).toBe(false);
    painting.begin(HARD, at(0, 0));
    painting.finish();
    expect(areas).toEqual([{ left: 0, top: 0, right: 4, bottom: 4 }]);
  });
});

describe("undo", () => {
  it("takes back step by step and does it again", () => {
    const { painting } = session();
    const states = [painting.mask.data.slice()];
    const doing = [
      () => {
        painting.begin(HARD, at(5, 5));
        painting.move(at(20, 15));
        painting.finish();
      },
      () => painting.apply(inverted),
      () => painting.apply((mask) => feathered(mask, 6)),
      () => painting.apply((mask) => filled(mask, 0, 0, 0)),
    ];
    for (const act of doing) {
      act();
      states.push(painting.mask.data.slice());
    }
    for (const state of states.toReversed().slice(1)) {
      painting.undo();
      expect(painting.mask.data).toEqual(state);
    }
    expect(painting.canUndo).toBe(false);
    for (const state of states.slice(1)) {
      painting.redo();
      expect(painting.mask.data).toEqual(state);
    }
    expect(painting.canRedo).toBe(false);
  });

  it("knows whether leaving loses something", () => {
    const { painting } = session();
    expect(painting.isChanged).toBe(false);
    painting.apply(inverted);
    expect(painting.isChanged).toBe(true);
    painting.markKept();
    painting.undo();
    expect(painting.isChanged).toBe(true);
    painting.apply((mask) => flooded(mask, 7)); // another way on from before what was kept
    expect(painting.isChanged).toBe(true);
    painting.undo();
    painting.redo();
    expect(painting.isChanged).toBe(true);
  });

  it("is none of what changed nothing, and a stroke that becomes a pinch leaves nothing", () => {
    const { painting } = session();
    painting.apply((mask) => flooded(mask, 0));
    painting.begin(HARD, at(5, 5));
    painting.abandon();
    expect(painting.canUndo).toBe(false);
    expect(painting.mask.data.every((value) => value === 0)).toBe(true);
  });
});

it("fills the inside of an outline, and nothing outside", () => {
  const { painting, value } = session();
  painting.begin({ ...HARD, size: 3 }, at(5, 5));
  for (const [x, y] of [[30, 5], [30, 15], [5, 15], [5, 5]] as const) painting.move(at(x, y));
  painting.finish();
  painting.apply((mask) => filled(mask, 15, 10, 255));
  expect([value(15, 10), value(8, 8), value(27, 12), value(1, 1), value(38, 10)]).toEqual([255, 255, 255, 0, 0]);
});

it("feathers an edge evenly on both sides and leaves what is even", () => {
  const { painting, value } = session();
  painting.apply((mask) => {
    for (let y = 0; y < 20; y++) mask.data.fill(255, y * 40, y * 40 + 20);
    return { left: 0, top: 0, right: 40, bottom: 20 };
  });
  painting.apply((mask) => feathered(mask, 6));
  expect([value(0, 10), value(39, 10)]).toEqual([255, 0]);
  expect((value(19, 10) as number) + (value(20, 10) as number)).toBeCloseTo(255, -1);
  for (let x = 1; x < 40; x++) expect(value(x, 10)).toBeLessThanOrEqual(value(x - 1, 10) as number);
});

it("is scaled to the picture's size", () => {
  const mask = { width: 2, height: 1, data: new Uint8Array([0, 255]) };
  expect([...scaled(mask, 4, 2).data]).toEqual([0, 0, 255, 255, 0, 0, 255, 255]);
  expect(scaled(mask, 2, 1)).toBe(mask);
});
