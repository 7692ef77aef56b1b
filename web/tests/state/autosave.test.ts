import "../page";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyDocument, type WorkflowDocument } from "../../src/core/document";
import { keepSaved, useAutosave } from "../../src/state/autosave";
import { saveTab, useSaving } from "../../src/state/saving";
import { newTab, type Tab, useTabs } from "../../src/state/tabs";

/** What the server is asked to save, and how it answers. */
let sent: { version: number; automatic?: boolean; session?: string; steps: unknown }[] = [];
let answer: (version: number) => Response | Promise<Response>;

function json(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}

const saved = (version: number): Response => json(200, { version: version + 1 });
const refused = (status: number): Response => json(status, { error: { kind: "x", message: "because" }, problems: [] });

function steps(value: number): WorkflowDocument {
  return { ...emptyDocument("w"), nodes: { a: { type: "t", inputs: { steps: value } } } };
}

function opened(): Tab {
  const tab = newTab(steps(1), { name: "mine", version: 1 });
  useTabs.setState({ tabs: [tab], active: tab.id });
  return tab;
}

const set = (tab: Tab, value: number) => tab.editor.getState().editWhole("set", () => steps(value));

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  answer = saved;
  vi.stubGlobal("fetch", async (_path: string, { method, body }: { method: string; body: string }) => {
    if (method !== "PUT") return json(200, { version: 9, document: steps(99) });
    const { version, automatic, session, document } = JSON.parse(body);
    sent.push({ version, automatic, session, steps: document.nodes.a.inputs.steps });
    return answer(version);
  });
  keepSaved();
});

afterEach(() => vi.useRealTimers());

test("some changes, one save, a moment after the last; the next replaces it in the same session", async () => {
  const tab = opened();
  set(tab, 2);
  await vi.advanceTimersByTimeAsync(2000);
  set(tab, 3);
  await vi.advanceTimersByTimeAsync(2000);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(sent).toEqual([{ version: 1, automatic: true, session: tab.id, steps: 3 }]);
  expect(tab.editor.getState().savedAs).toEqual({ name: "mine", version: 2 });
  expect(tab.editor.getState().saved).toBe(tab.editor.getState().whole);
  set(tab, 4);
  await vi.advanceTimersByTimeAsync(4000);
  expect(sent[1]).toMatchObject({ version: 2, steps: 4 });
});

test("what changes while it is sent isn't taken for saved", async () => {
  const tab = opened();
  let arrive = () => {};
  answer = (version) => new Promise((resolve) => (arrive = () => resolve(saved(version))));
  set(tab, 2);
  await vi.advanceTimersByTimeAsync(4000);
  set(tab, 3);
  arrive();
  answer = saved;
  await vi.advanceTimersByTimeAsync(0);
  expect(tab.editor.getState().saved).not.toBe(tab.editor.getState().whole);
  await vi.advanceTimersByTimeAsync(4000);
  expect(sent.map((each) => [each.version, each.steps])).toEqual([
    [1, 2],
    [2, 3],
  ]);
});

test("a save that is asked for waits for the one under way, and is made from its version", async () => {
  const tab = opened();
  let arrive = () => {};
  answer = (version) => new Promise((resolve) => (arrive = () => resolve(saved(version))));
  set(tab, 2);
  await vi.advanceTimersByTimeAsync(4000);
  const asked = saveTab(tab, "mine");
  answer = saved;
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toHaveLength(1);
  arrive();
  expect(await asked).toBe(3);
  expect(sent[1]).toMatchObject({ version: 2, automatic: false });
});

test.each([507, 503, 0])("after %i it is tried again by itself, and nothing is lost", async (status) => {
  const tab = opened();
  answer = () => (status === 0 ? Promise.reject(new TypeError("no network")) : refused(status));
  set(tab, 2);
  await vi.advanceTimersByTimeAsync(4000);
  expect(useSaving.getState().tabs[tab.id]).toMatchObject({ state: "failed", again: true });
  answer = saved;
  await vi.advanceTimersByTimeAsync(6000);
  expect(useSaving.getState().tabs[tab.id]?.state).toBe("saved");
  expect(sent).toHaveLength(2);
});

test("what somebody else saved meanwhile is never overwritten, however long one goes on", async () => {
  const tab = opened();
  answer = () => refused(409);
  for (const value of [2, 3, 4]) {
    set(tab, value);
    await vi.advanceTimersByTimeAsync(60_000);
  }
  expect(sent).toHaveLength(1);
  expect(useSaving.getState().tabs[tab.id]).toEqual({ state: "conflict" });
  expect(tab.editor.getState().savedAs).toEqual({ name: "mine", version: 1 });
});

test("what has no name, and what is saved, isn't sent; nor anything when it is switched off", async () => {
  const tab = newTab(steps(1));
  useTabs.setState({ tabs: [tab], active: tab.id });
  set(tab, 2);
  await vi.advanceTimersByTimeAsync(60_000);
  useAutosave.getState().toggle();
  set(opened(), 3);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual([]);
  useAutosave.getState().toggle(); // what waited is saved then
  await vi.advanceTimersByTimeAsync(4000);
  expect(sent).toHaveLength(1);
});
