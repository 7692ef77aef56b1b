import { describe, expect, test } from "vitest";
import { carriesWorkflow } from "../../../src/core/pngText";
import { isTrackpad } from "../../../src/core/wheel";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function chunk(type: string, content: string): number[] {
  const bytes = [...content].map((letter) => letter.charCodeAt(0));
  return [0, 0, bytes.length >> 8, bytes.length & 255, ...[...type].map((letter) => letter.charCodeAt(0)), ...bytes, 0, 0, 0, 0];
}

function png(...chunks: number[][]): Uint8Array {
  return new Uint8Array([...SIGNATURE, ...chunks.flat()]);
}

describe("a picture", () => {
  test("carries a workflow in a chunk of text that is graphengine's", () => {
    const own = chunk("iTXt", "graphengine\0\u0001\0\0\0{}");
    expect(carriesWorkflow(png(chunk("IHDR", "0".repeat(300)), own))).toBe(true);
    expect(carriesWorkflow(png(chunk("IHDR", "graphengine\0"), chunk("iTXt", "graphengine2\0")))).toBe(false);
    expect(carriesWorkflow(png())).toBe(false);
  });

  test("that is broken or none carries nothing", () => {
    expect(carriesWorkflow(new Uint8Array([...SIGNATURE, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5, 6, 7, 8]))).toBe(false);
    expect(carriesWorkflow(new Uint8Array())).toBe(false);
    expect(carriesWorkflow(new Uint8Array([...SIGNATURE.slice(1), ...chunk("iTXt", "graphengine\0")]))).toBe(false);
  });
});

describe("a turn of the wheel", () => {
  const turn = { deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false };
  test.each([
    ["a notch of a mouse", { deltaY: 120, wheelDeltaY: -120 }, false],
    ["a notch on a fine screen", { deltaY: 53, wheelDeltaY: -120 }, false],
    ["a notch in lines", { deltaY: 3, deltaMode: 1 }, false],
    ["two fingers down", { deltaY: 12, wheelDeltaY: -36 }, true],
    ["two fingers aslant", { deltaX: 3, deltaY: 120, wheelDeltaY: -360 }, true],
    ["two fingers aside", { deltaX: 30 }, true],
    ["two fingers, where browsers tell no more", { deltaY: 4 }, true],
  ])("%s", (_, change, trackpad) => {
    expect(isTrackpad({ ...turn, ...change })).toBe(trackpad);
  });
});
