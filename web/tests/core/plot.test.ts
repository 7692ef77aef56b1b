import { expect, test } from "vitest";
import { plotOf } from "../../src/core/plot";
import { axisFor } from "../../src/core/sigmas";

const FRAME = { width: 110, height: 60, margin: 5 };

test("levels go from the left to the right, the highest at the top", () => {
  expect(plotOf([4, 2, 0], axisFor([4, 2, 0], false), FRAME).path).toBe("M5.0 5.0L55.0 30.0L105.0 55.0");
});

test("one level alone is a point", () => {
  expect(plotOf([4], axisFor([4], false), FRAME).path).toBe("M5.0 5.0");
});
