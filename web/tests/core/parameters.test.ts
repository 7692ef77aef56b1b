import { expect, test } from "vitest";
import { emptyDocument } from "../../src/core/document";
import { setParameter } from "../../src/core/edits";
import { labelParameter, moveParameter, parametersOf } from "../../src/core/parameters";
import { valuesOf, withValues } from "../../src/core/values";

const DOCUMENT = { ...emptyDocument("a"), parameters: { prompt: "text.text", image_width: "latent.width", seed: "sample.seed" } };
const names = (document: typeof DOCUMENT) => Object.keys(document.parameters);

test("a parameter is called by its label, and by its name in words without one", () => {
  const labelled = labelParameter(DOCUMENT, "image_width", " How wide? ");
  expect(parametersOf(labelled).map(({ label }) => label)).toEqual(["prompt", "How wide?", "seed"]);
  expect(parametersOf(labelled)[1]).toEqual({ name: "image_width", label: "How wide?", node: "latent", input: "width" });
  expect(labelled.parameters).toBe(DOCUMENT.parameters);
  expect(labelParameter(labelled, "image_width", "")).toEqual(DOCUMENT);
  expect(labelParameter(labelled, "image_width", "How wide?")).toBe(labelled);
});

test("parameters change places, and stay at the ends", () => {
  expect(names(moveParameter(DOCUMENT, "seed", -1) as typeof DOCUMENT)).toEqual(["prompt", "seed", "image_width"]);
  expect(moveParameter(DOCUMENT, "prompt", -1)).toBe(DOCUMENT);
  expect(moveParameter(DOCUMENT, "seed", 1)).toBe(DOCUMENT);
  expect(moveParameter(DOCUMENT, "nothing", 1)).toBe(DOCUMENT);
});

test("the label goes with its parameter", () => {
  const labelled = labelParameter(DOCUMENT, "seed", "Luck");
  expect(setParameter(labelled, "sample.seed", null).layout).toEqual({});
});

test("values are taken by the parameters that there are, and links aren't values", () => {
  const nodes = { text: { type: "t", inputs: { text: "a" } }, latent: { type: "l", inputs: { width: { from: "x.y" } } }, sample: { type: "s", inputs: {} } };
  const document = { ...DOCUMENT, nodes };
  expect(valuesOf(document)).toEqual({ prompt: "a" });
  const set = withValues(document, { prompt: "b", seed: 18446744073709551615n, gone: 1 });
  expect(valuesOf(set)).toEqual({ prompt: "b", seed: 18446744073709551615n });
  expect(withValues(document, {})).toBe(document);
});
