import { expect, test } from "vitest";
import type { WorkflowRecord } from "../../src/api/schema";
import { addressOf, appAddressOf, appIn, workflowIn } from "../../src/core/address";
import { freeName } from "../../src/core/fileName";
import { inOrder, listed, nearest } from "../../src/core/library";

function record(name: string, saved_at: string | null, title = "", parameters: string[] = []): WorkflowRecord {
  return { name, version: saved_at ? 1 : 0, title, saved_at, parameters, digest: "", size: 1, automatic: false, thumbnail: null };
}

const RECORDS = [record("b 10", "2026-01-02T00:00:00Z", "cats"), record("b 2", "2026-01-03T00:00:00Z", "dogs", ["prompt"]), record("a", "2026-01-01T00:00:00Z")];

test("the newest first, or by name with numbers as people count", () => {
  expect(listed(RECORDS, "", "time").map(({ name }) => name)).toEqual(["b 2", "b 10", "a"]);
  expect(listed(RECORDS, "", "name").map(({ name }) => name)).toEqual(["a", "b 2", "b 10"]);
});

test("every word is looked for in name, title and parameters", () => {
  expect(listed(RECORDS, "B dog", "time").map(({ name }) => name)).toEqual(["b 2"]);
  expect(listed(RECORDS, "prompt", "time").map(({ name }) => name)).toEqual(["b 2"]);
  expect(listed(RECORDS, "birds", "time")).toEqual([]);
});

test("templates stand in the order in which they are told of", () => {
  const templates = [record("a", null), record("z", null), record("m", null)];
  expect(inOrder(templates, ["z", "m"]).map(({ name }) => name)).toEqual(["z", "m", "a"]);
});

test("names near to one that there isn't", () => {
  const names = ["text_to_image", "image_to_image", "regions", "portrait"];
  expect(nearest("text_to_imgae", names)[0]).toBe("text_to_image");
  expect(nearest("regoins", names)).toEqual(["regions"]);
  expect(nearest("image", names)).toEqual(["image_to_image", "text_to_image"]);
  expect(nearest("zzzzzzzz", names)).toEqual([]);
});

test("a copy takes a name that is free", () => {
  expect(freeName("a copy", [])).toBe("a copy");
  expect(freeName("a copy", ["a copy", "a copy 2"])).toBe("a copy 3");
});

test("addresses name any workflow, and are read again", () => {
  for (const name of ["plain", "with space", "100%", "ü/?#&"]) {
    expect(appIn(new URL(appAddressOf("http://host", name)).pathname)).toBe(name);
    expect(workflowIn(new URL(addressOf("http://host", name)).search)).toBe(name);
  }
  expect([appIn("/"), appIn("/app/"), workflowIn(""), workflowIn("?workflow=")]).toEqual([null, null, null, null]);
  expect(appIn("/app/100%")).toBe("100%");
});
