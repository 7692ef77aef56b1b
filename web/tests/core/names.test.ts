import { describe, expect, it } from "vitest";
import { begunWith, namesLike, nearNames } from "../../src/core/names";

const SAMPLERS = ["ddim", "dpmpp_2m", "dpmpp_2m_sde", "dpmpp_3m_sde", "euler", "euler_ancestral"];
const like = (typed: string) => namesLike(SAMPLERS, typed, (name) => name);

describe("names like what was typed", () => {
  it("has all of them when nothing is typed", () => expect(like("  ")).toEqual(SAMPLERS));
  it("has whole beginnings first, and the shorter of two", () => expect(like("euler")).toEqual(["euler", "euler_ancestral"]));
  it("takes parts and several words", () => {
    expect(like("sde 3")).toEqual(["dpmpp_3m_sde"]);
    expect(like("2m")).toEqual(["dpmpp_2m", "dpmpp_2m_sde"]);
  });
  it("takes scattered letters, and nothing else", () => {
    expect(like("d2sde")).toEqual(["dpmpp_2m_sde"]);
    expect(like("xyz")).toEqual([]);
  });
});

describe("names near one that isn't there", () => {
  const there = ["sd15/v1-5-pruned-emaonly.safetensors", "sdxl_base_1.0.safetensors", "shapes.safetensors"];
  it("looks at the file's name, whatever its folder and ending", () => {
    expect(nearNames(there, "v1-5-pruned.ckpt")).toEqual([there[0]]);
    expect(nearNames(there, "models/SDXL base 1.0.ckpt")).toEqual([there[1]]);
  });
  it("has none where none is near", () => expect(nearNames(there, "flux.safetensors")).toEqual([]));
});

it("typed words may begin any of the words, in any order and case", () => {
  expect(begunWith(["Light", "or", "dark", "mode"], "mode Dar")).toBe(true);
  expect(begunWith(["Light", "or", "dark"], "ark")).toBe(false);
  expect(begunWith(["Light"], " ")).toBe(true);
});
