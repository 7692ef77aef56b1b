import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Offline } from "../../src/api/http";
import { emptyDocument, type WorkflowDocument } from "../../src/core/document";
import type { Problem } from "../../src/core/problems";

/** What was asked and not answered yet, oldest first. */
const open: { answer(problems: readonly Problem[]): void; fail(error: Error): void }[] = [];

vi.mock("../../src/api/server", () => ({
  validate: () => new Promise((answer, fail) => open.push({ answer, fail })),
}));

const { checkSoon, useChecks } = await import("../../src/state/checks");

const steps = (value: number): WorkflowDocument => ({ ...emptyDocument(), nodes: { a: { type: "t", inputs: { steps: value } } } });
const said = (message: string) => [{ kind: "x", message }] as unknown as Problem[];
const told = (tab: string) => (useChecks.getState().problems[tab] ?? []).map(({ message }) => message);

async function ask(tab: string, document: WorkflowDocument): Promise<void> {
  checkSoon(tab, () => document);
  await vi.advanceTimersByTimeAsync(500);
}

beforeEach(() => {
  vi.useFakeTimers();
  open.length = 0;
  useChecks.setState({ problems: {} });
});

afterEach(() => vi.useRealTimers());

test("an answer that was overtaken changes nothing", async () => {
  await ask("tab", steps(1));
  await ask("tab", steps(2));
  const [older, newer] = open;
  newer!.answer(said("about 2"));
  await vi.advanceTimersByTimeAsync(0);
  expect(told("tab")).toEqual(["about 2"]);
  older!.answer(said("about 1"));
  await vi.advanceTimersByTimeAsync(0);
  expect(told("tab")).toEqual(["about 2"]);
});

test("an emptied workflow has no problems, whatever is answered afterwards", async () => {
  await ask("tab", steps(1));
  await ask("tab", emptyDocument());
  open[0]!.answer(said("about 1"));
  await vi.advanceTimersByTimeAsync(0);
  expect(open).toHaveLength(1);
  expect(told("tab")).toEqual([]);
});

test("answers in order all count, also where the newest question got none, and each tab is by itself", async () => {
  await ask("tab", steps(1));
  await ask("other", steps(1));
  await ask("tab", steps(2));
  const [first, other, lost] = open;
  other!.answer(said("other"));
  lost!.fail(new Offline());
  first!.answer(said("about 1"));
  await vi.advanceTimersByTimeAsync(0);
  expect(told("tab")).toEqual(["about 1"]);
  expect(told("other")).toEqual(["other"]);
});
