import { describe, expect, it } from "vitest";
import { differs, resetInputs } from "../../src/core/defaults";
import { emptyDocument } from "../../src/core/document";
import { WholeFloat } from "../../src/core/wholeFloat";
import { CATALOGUE, field, input } from "../schemas";

describe("defaults", () => {
  const guidance = field("guidance", { type: "number" }, "float", 7);
  it("are told from what differs, whatever way a number is written", () => {
    expect(differs(undefined, guidance)).toBe(false);
    expect(differs(new WholeFloat(7), guidance)).toBe(false);
    expect(differs(7.5, guidance)).toBe(true);
    expect(differs({ from: "a.b" }, guidance)).toBe(false);
    expect(differs("x", input("name", "str"))).toBe(false);
  });

  it("are gone back to, but for links and what must be set", () => {
    const inputs = { seed: 5, steps: 20, guidance: 4, model: { from: "a.model" } };
    const document = { ...emptyDocument(), nodes: { s: { type: "sample", inputs } } };
    expect(resetInputs(document, "s", CATALOGUE).nodes["s"]?.inputs).toEqual({ steps: 20, model: { from: "a.model" } });
    expect(resetInputs(document, "unknown", CATALOGUE)).toBe(document);
  });
});
