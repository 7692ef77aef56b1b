import "../page";
import { beforeEach, expect, test } from "vitest";
import { emptyDocument } from "../../src/core/document";
import { undo } from "../../src/state/editor";
import { useTabs } from "../../src/state/tabs";

const order = () => useTabs.getState().tabs.map(({ editor }) => editor.getState().whole.name);
const open = (name: string) => useTabs.getState().open({ ...emptyDocument(name), nodes: { a: { type: "t", inputs: {} } } });

beforeEach(() => {
  for (const { id } of useTabs.getState().tabs) useTabs.getState().close(id);
  useTabs.setState({ closed: [] });
});

test("closed tabs come back, the last first, where they stood and with their steps of undo", () => {
  const [first, second] = [open("a"), open("b"), open("c")];
  first!.editor.getState().editWhole("name", (whole) => ({ ...whole, name: "a2" }));
  useTabs.getState().close(first!.id);
  useTabs.getState().close(second!.id);
  expect(order()).toEqual(["c"]);
  useTabs.getState().reopen();
  useTabs.getState().reopen();
  expect(order()).toEqual(["a2", "b", "c"]);
  expect(useTabs.getState().active).toBe(first!.id);
  expect(undo(first!.editor)).toBe("name");
  expect(order()).toEqual(["a", "b", "c"]);
  expect(useTabs.getState().reopen()).toBeNull();
});

test("the last tab leaves an empty one, which gives its place to what comes back", () => {
  const only = open("a");
  useTabs.getState().close(only.id);
  expect(order()).toEqual([""]);
  useTabs.getState().reopen();
  expect(order()).toEqual(["a"]);
});

test("an empty tab that nobody touched isn't kept when it is closed", () => {
  open("a");
  const empty = useTabs.getState().open();
  useTabs.getState().close(empty.id);
  expect(useTabs.getState().closed).toEqual([]);
});

test("tabs change places, and stay at the ends", () => {
  const [a, , c] = [open("a"), open("b"), open("c")];
  useTabs.getState().move(a!.id, 1);
  expect(order()).toEqual(["b", "a", "c"]);
  useTabs.getState().move(c!.id, 3);
  useTabs.getState().move(a!.id, -1);
  expect(order()).toEqual(["b", "a", "c"]);
});
