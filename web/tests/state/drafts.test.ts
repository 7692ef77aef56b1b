import "../page";
import { expect, test } from "vitest";
import { readDocument } from "../../src/core/document";
import { parseJson } from "../../src/core/json";
import { draftOf, isWorthKeeping, tabOf, titleOf } from "../../src/state/drafts/draft";
import { newTab } from "../../src/state/tabs";

const TEXT = '{"format":"graphengine/1","name":"w","parameters":{},"nodes":{"a":{"type":"t","inputs":{"seed":18446744073709551615,"x":4.0,"y":4}}},"subgraphs":{},"layout":{}}';
const document = () => readDocument(parseJson(TEXT));

test("a draft comes back to the letter, as the same session, with its mark of what isn't saved", () => {
  const tab = newTab(document(), { name: "mine", version: 3 });
  const draft = draftOf(tab);
  expect([draft.text, draft.changed]).toEqual([TEXT, false]);
  const back = tabOf(draft)!;
  expect(back.id).toBe(tab.id);
  expect(back.editor.getState().savedAs).toEqual({ name: "mine", version: 3 });
  expect(back.editor.getState().whole).toBe(back.editor.getState().saved);
  expect(draftOf(tabOf(draftOf(back))!).text).toBe(TEXT);
  tab.editor.getState().editWhole("name", (whole) => ({ ...whole, name: "other" }));
  const changed = tabOf(draftOf(tab), true)!;
  expect(changed.id).not.toBe(tab.id); // a copy of a window is another session
  expect(changed.editor.getState().whole).not.toBe(changed.editor.getState().saved);
});

test("what is damaged is left out", () => {
  expect(tabOf({ id: "x", text: "{", savedAs: null, changed: false })).toBeNull();
  expect(tabOf({ id: "x", text: '{"format": "other"}', savedAs: null, changed: false })).toBeNull();
});

test("only what would be lost is offered again", () => {
  const draft = draftOf(newTab(document()));
  expect(isWorthKeeping(draft)).toBe(true); // no name on the server
  expect(isWorthKeeping({ ...draft, savedAs: { name: "mine", version: 1 } })).toBe(false);
  expect(isWorthKeeping({ ...draft, savedAs: { name: "mine", version: 1 }, changed: true })).toBe(true);
  expect(isWorthKeeping(draftOf(newTab()))).toBe(false);
  expect([titleOf(draft), titleOf({ ...draft, savedAs: { name: "mine", version: 1 } })]).toEqual(["w", "mine"]);
});
