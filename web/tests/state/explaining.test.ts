import "../page";
import { beforeEach, expect, test, vi } from "vitest";
import { emptyDocument, type WorkflowDocument } from "../../src/core/document";
import { setInput } from "../../src/core/edits";

/** The answers that are waited for. */
const checked: ((problems: readonly object[]) => void)[] = [];
const explained: unknown[] = [];
const valueOf = (document: WorkflowDocument) => document.nodes["a"]!.inputs["v"];

vi.mock("../../src/api/server", async (original) => ({
  ...(await original<object>()),
  validate: () => new Promise((answer) => checked.push(answer)),
}));
vi.mock("../../src/api/running", () => ({
  explain: async (document: WorkflowDocument) => {
    explained.push(valueOf(document));
    return [];
  },
}));

const { checkSoon, isSound, useChecks } = await import("../../src/state/checks");
const { explainSoon } = await import("../../src/state/explaining");
const { useRuns } = await import("../../src/state/runs");
const { newTab } = await import("../../src/state/tabs");

const document = { ...emptyDocument(), nodes: { a: { type: "t", inputs: { v: 1 } } } };
const wait = () => vi.advanceTimersByTimeAsync(500);
const check = async (now: WorkflowDocument) => {
  checkSoon("t", () => now);
  await wait();
};

beforeEach(() => {
  vi.useFakeTimers();
  checked.length = explained.length = 0;
  useChecks.setState({ problems: {}, checked: {} });
  useRuns.setState({ connected: true });
});

test("it is sound only if what is there now was checked, and only then it is asked what would run", async () => {
  const tab = newTab(document, null, "t");
  const { edit } = tab.editor.getState();
  const sound = () => isSound(useChecks.getState(), "t", tab.editor.getState().whole);
  const explain = async () => {
    explainSoon(tab);
    await wait();
    return explained.length;
  };
  expect([sound(), await explain()]).toEqual([false, 0]);
  await check(tab.editor.getState().whole);
  checked[0]!([]);
  await wait();
  expect([sound(), await explain()]).toEqual([true, 1]);
  edit("set v", (now) => setInput(now, "a", "v", 2));
  expect([sound(), await explain()]).toEqual([false, 1]);
  await check(tab.editor.getState().whole);
  checked[1]!([{ message: "2 is wrong" }]);
  await wait();
  expect([sound(), await explain()]).toEqual([false, 1]);
  edit("move a", (now) => ({ ...now, layout: { a: { x: 8, y: 8 } } }));
  await check(tab.editor.getState().whole);
  checked[2]!([]);
  await wait();
  edit("move a", (now) => ({ ...now, layout: { a: { x: 16, y: 8 } } }));
  expect([sound(), await explain()]).toEqual([true, 2]);
});
