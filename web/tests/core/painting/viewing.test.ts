import { expect, it } from "vitest";
import { fitted, inPicture, pinched, zoomed } from "../../../src/core/painting/viewing";

it("keeps what lies under the pointer when it zooms", () => {
  const view = { scale: 1.5, x: 20, y: -7 };
  const point = { x: 111, y: 42 };
  const before = inPicture(view, point);
  const after = inPicture(zoomed(view, point, 2.2), point);
  expect(after.x).toBeCloseTo(before.x);
  expect(after.y).toBeCloseTo(before.y);
  expect(zoomed(view, point, 1e9).scale).toBe(64);
});

it("shows the whole picture in the middle", () => {
  const view = fitted({ width: 1000, height: 500 }, { width: 532, height: 532 });
  expect(view).toEqual({ scale: 0.5, x: 16, y: 141 });
  expect(fitted({ width: 2, height: 2 }, { width: 1000, height: 1000 }).scale).toBe(8);
});

it("keeps both fingers on what they touch", () => {
  const view = { scale: 1, x: 0, y: 0 };
  const before = [{ x: 10, y: 10 }, { x: 30, y: 10 }] as const;
  const after = [{ x: 20, y: 40 }, { x: 60, y: 40 }] as const;
  const now = pinched(view, before, after);
  expect(now.scale).toBe(2);
  for (const finger of [0, 1] as const) {
    const place = inPicture(now, after[finger]);
    expect(place.x).toBeCloseTo(before[finger].x);
    expect(place.y).toBeCloseTo(before[finger].y);
  }
});
