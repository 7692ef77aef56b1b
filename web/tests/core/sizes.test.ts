import { describe, expect, it } from "vitest";
import { emptyDocument } from "../../src/core/document";
import { RATIOS, ratioOf, reshaped, setSize, sides, sizeOf } from "../../src/core/sizes";
import { CATALOGUE, field, node } from "../schemas";

const side = { type: "integer", minimum: 16, maximum: 16384, multipleOf: 8 };
const takes = { width: side, height: side };
const square = { width: 512, height: 512 };

describe("sizes", () => {
  it("keep their area as well as the multiple allows", () => {
    expect(reshaped(square, [16, 9], takes)).toEqual({ width: 680, height: 384 });
    expect(reshaped(square, [2, 3], takes)).toEqual({ width: 416, height: 624 });
    for (const ratio of RATIOS) {
      const { width, height } = reshaped(square, ratio, takes);
      expect([width % 8, height % 8]).toEqual([0, 0]);
      expect(Math.abs((width * height) / 512 ** 2 - 1)).toBeLessThan(0.03);
    }
  });
  it("don't drift from ratio to ratio and back", () => {
    let size = square;
    for (let round = 0; round < 5; round++) for (const ratio of [...RATIOS, RATIOS[0] as never]) size = reshaped(size, ratio, takes);
    expect(size).toEqual(square);
  });
  it("know their ratio, near enough", () => {
    expect(ratioOf({ width: 680, height: 384 }, takes)).toEqual([16, 9]);
    expect(ratioOf({ width: 512, height: 128 }, takes)).toBeNull();
  });
  it("stay within what the sides take", () => expect(reshaped({ width: 16, height: 16 }, [21, 9], takes)).toEqual({ width: 24, height: 16 }));

  it("are of nodes with both sides, unless a link brings one", () => {
    const latent = CATALOGUE.get("empty_latent");
    if (!latent) throw new Error("the catalogue has no empty_latent");
    expect(sides(latent)).not.toBeNull();
    expect(sides(node("t", [field("width", { type: "number" }, "float", 1), field("height", { type: "number" }, "float", 1)]))).toBeNull();
    const of = (inputs: object) => ({ ...emptyDocument(), nodes: { a: { type: "empty_latent", inputs: inputs as never } } });
    expect(sizeOf({ type: "empty_latent", inputs: { width: 64 } }, latent)).toEqual({ width: 64, height: 512 });
    expect(sizeOf({ type: "empty_latent", inputs: { width: { from: "b.c" } } }, latent)).toBeNull();
    expect(setSize(of({}), "a", { width: 8, height: 16 }).nodes["a"]?.inputs).toEqual({ width: 8, height: 16 });
  });
});
