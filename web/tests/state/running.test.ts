import "../page";
import { expect, test, vi } from "vitest";
import { Offline } from "../../src/api/http";
import { emptyDocument } from "../../src/core/document";
import { REFUSED } from "../../src/core/problems";

const submitted = vi.fn(async (_workflow: unknown) => ({ id: "r", sequence: 1, state: "queued", transitions: [], artifacts: [], error: null }));
vi.mock("../../src/api/server", () => ({ submit: submitted, readRun: async () => Promise.reject(new Error("out of reach")) }));
vi.mock("../../src/api/running", () => ({ eventsOfRun: async () => [] }));

const { run } = await import("../../src/state/commands/running");
const { usePage } = await import("../../src/state/page");
const { refuse } = await import("../../src/state/refusals");
const { useTabs } = await import("../../src/state/tabs");

test("while a field shows what it can't take, nothing runs with the value of before", async () => {
  const { active, tabs } = useTabs.getState();
  tabs[0]!.editor.getState().editWhole("", () => ({ ...emptyDocument(), nodes: { a: { type: "t", inputs: { steps: 20 } } } }));
  const problem = (message: string) => ({ kind: REFUSED, message, node: "a", input: "steps", expected: null, got: null, hint: null });
  const taken = [refuse(active, problem("steps of a: Expected at least 1, got 0.")), refuse(active, problem("another"))];
  refuse("another tab", problem("not here"));
  expect(await run()).toBe(false);
  expect(usePage.getState().notices.map(({ text, bad }) => [text, bad])).toEqual([["steps of a: Expected at least 1, got 0.", true]]);
  taken[0]!();
  expect(await run()).toBe(false);
  expect(submitted).not.toHaveBeenCalled();
  taken[1]!();
  expect(await run()).toBe(true);
  expect(submitted).toHaveBeenCalledTimes(1);
});

test("what was asked for while the server is out of reach isn't said to be tried again", async () => {
  submitted.mockRejectedValueOnce(new Offline());
  expect(await run()).toBe(false);
  expect(usePage.getState().notices.at(-1)!.text).toContain("isn't in its queue");
});
