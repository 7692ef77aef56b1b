import "../page";
import { beforeEach, expect, test, vi } from "vitest";
import { emptyDocument } from "../../src/core/document";

/** The answers of a slow server that are waited for. */
const answers: (() => void)[] = [];
const saved: string[] = [];
const slow = <T>(value: T) => new Promise<T>((resolve) => answers.push(() => resolve(value)));

vi.mock("../../src/api/server", async (original) => ({
  ...(await original<object>()),
  upload: () => slow({ name: "sent.png" }),
  readWorkflow: () => slow({ version: 2, document: { ...emptyDocument("theirs"), nodes: { a: { type: "t", inputs: {} } } } }),
  listWorkflows: () => slow([{ name: "mine" }]),
  saveWorkflow: async (name: string) => {
    saved.push(name);
    return { version: 1 };
  },
}));

const { keepBoth, showNewest } = await import("../../src/state/commands/conflicts");
const { takeFiles } = await import("../../src/state/commands/dropping");
const { usePage } = await import("../../src/state/page");
const { newTab, useTabs } = await import("../../src/state/tabs");

const answer = async () => {
  await vi.waitFor(() => expect(answers).not.toHaveLength(0));
  answers.shift()!();
};

function twoTabs() {
  const [begun, other] = [newTab(emptyDocument("begun"), { name: "mine", version: 1 }), newTab(emptyDocument("other"))];
  useTabs.setState({ tabs: [begun, other], active: begun.id });
  const leave = () => useTabs.getState().activate(other.id);
  return { begun, other, leave, nodesOf: (tab: typeof begun) => Object.keys(tab.editor.getState().whole.nodes) };
}

beforeEach(() => {
  answers.length = saved.length = 0;
  usePage.setState({ dialog: null });
});

test("a picture comes into the tab that it was dropped on, though another is in front by then", async () => {
  const { begun, other, leave, nodesOf } = twoTabs();
  const taken = takeFiles([new File(["x"], "x.webp", { type: "image/webp" })], { x: 0, y: 0 });
  leave();
  await answer();
  await taken;
  expect([nodesOf(begun), nodesOf(other)]).toEqual([["load_image"], []]);
});

test("the newest version comes into the tab that it was asked for, and over nothing that was changed meanwhile", async () => {
  const { begun, other, leave, nodesOf } = twoTabs();
  const shown = showNewest(begun);
  leave();
  await answer();
  await shown;
  expect([nodesOf(begun), nodesOf(other)]).toEqual([["a"], []]);

  const again = showNewest(begun);
  begun.editor.getState().edit("name", (document) => ({ ...document, nodes: {} }));
  leave();
  await answer();
  await again;
  expect([nodesOf(begun), usePage.getState().dialog, useTabs.getState().active]).toEqual([[], "conflict", begun.id]);
});

test("both are kept of the tab that it was asked for", async () => {
  const { begun, other, leave } = twoTabs();
  const kept = keepBoth("mine");
  leave();
  await answer();
  expect(await kept).toBe(true);
  expect([saved, begun.editor.getState().savedAs?.name, other.editor.getState().savedAs]).toEqual([["mine copy"], "mine copy", null]);
});
