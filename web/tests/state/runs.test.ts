import "../page";
import { beforeEach, expect, test, vi } from "vitest";
import { emptyDocument } from "../../src/core/document";
import type { ServerEvent } from "../../src/core/runs/told";

const stored = new Map<string, ServerEvent[]>();
const runs = new Map<string, object>();
let reachable = true;
let gate: Promise<void> | null = null;
let retried: unknown = null;

vi.mock("../../src/api/server", () => ({
  readRun: async (id: string) => {
    if (!reachable) throw new Error("out of reach");
    return runs.get(id);
  },
  retry: async () => retried,
}));
vi.mock("../../src/api/running", () => ({
  pageOfRuns: async () => ({ runs: [...runs.values()].reverse(), next: null }),
  readQueue: async () => ({ state: { paused: false, queued: 0, running: [] }, waiting: [] }),
  eventsOfRun: async (id: string, since: number, limit: number) => {
    if (!reachable) throw new Error("out of reach");
    const page = (stored.get(id) ?? []).filter(({ sequence }) => sequence > since).slice(0, limit);
    await gate;
    return page;
  },
}));

const { useRuns } = await import("../../src/state/runs");
const { useTabs } = await import("../../src/state/tabs");

let number = 0;
/** What the server stores, and, but for what gets lost, tells. */
function happens(run: string, kind: string, facts: object = {}): ServerEvent {
  const event = { sequence: ++number, run, event: kind, ...facts } as unknown as ServerEvent;
  stored.set(run, [...(stored.get(run) ?? []), event]);
  const before = runs.get(run) as { transitions: object[] };
  if (kind === "state") runs.set(run, { ...before, ...facts, transitions: [...before.transitions, facts] });
  return event;
}
function accepted(id: string): never {
  runs.set(id, { id, sequence: ++number, state: "queued", transitions: [{}], artifacts: [], error: null });
  return runs.get(id) as never;
}
const settled = async () => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
};
const tab = () => useTabs.getState().active;
const view = (id: string) => useRuns.getState().views[id];

beforeEach(() => {
  stored.clear();
  runs.clear();
  reachable = true;
  gate = null;
  useRuns.getState().restarted();
});

test("events that came before the answer to the submission are not missed", async () => {
  const run = accepted("a");
  const early = [happens("a", "state", { state: "running" }), happens("a", "queued", { nodes: ["n"] }), happens("a", "started", { node: "n" })];
  useRuns.getState().events(early);
  useRuns.getState().submitted(tab(), run, emptyDocument());
  await settled();
  expect(view("a")!.nodes).toEqual({ n: { state: "running" } });
  useRuns.getState().events([happens("a", "done", { node: "n", seconds: 1 })]);
  expect(view("a")!.nodes).toEqual({ n: { state: "done", seconds: 1 } });
});

test("what is told while older events are fetched is taken in after them", async () => {
  const run = accepted("a");
  happens("a", "state", { state: "running" });
  happens("a", "queued", { nodes: ["n"] });
  let open = () => {};
  gate = new Promise((resolve) => (open = resolve));
  useRuns.getState().submitted(tab(), run, emptyDocument());
  await settled();
  useRuns.getState().events([happens("a", "started", { node: "n" })]);
  expect(view("a")!.nodes).toEqual({});
  open();
  await settled();
  expect(view("a")!.nodes).toEqual({ n: { state: "running" } });
});

test("what was missed while the server was out of reach is fetched before anything newer counts", async () => {
  useRuns.getState().submitted(tab(), accepted("a"), emptyDocument());
  await settled();
  reachable = false;
  happens("a", "state", { state: "running" }); // never told
  happens("a", "queued", { nodes: ["n", "m"] });
  useRuns.getState().setConnected(false);
  useRuns.getState().setConnected(true); // the socket is there, the first request fails
  await settled();
  reachable = true;
  useRuns.getState().events([happens("a", "cached", { node: "m" })]);
  await settled();
  expect(view("a")!.nodes).toEqual({ n: { state: "waiting" }, m: { state: "cached" } });
});

test("a tab shows its next run once that has begun and the one before is over", async () => {
  useRuns.getState().submitted(tab(), accepted("a"), emptyDocument());
  useRuns.getState().submitted(tab(), accepted("b"), emptyDocument());
  await settled();
  expect(useRuns.getState().shown[tab()]).toBe("a");
  useRuns.getState().events([happens("a", "state", { state: "running" }), happens("a", "state", { state: "succeeded" }), happens("b", "state", { state: "running" })]);
  await settled();
  expect(useRuns.getState().shown[tab()]).toBe("b");
  expect(view("b")!.state).toBe("running");
  expect(Object.keys(useRuns.getState().views)).toEqual(["b"]);
});

test("of several runs the one at work is shown, though the one before was over before they were all accepted", async () => {
  useRuns.getState().submitted(tab(), accepted("a"), emptyDocument());
  const second = accepted("b");
  useRuns.getState().events([happens("a", "state", { state: "running" }), happens("a", "state", { state: "succeeded" }), happens("b", "state", { state: "running" })]);
  useRuns.getState().submitted(tab(), second, emptyDocument()); // its beginning was told before this answer came
  await settled();
  useRuns.getState().submitted(tab(), accepted("c"), emptyDocument());
  await settled();
  expect(useRuns.getState()).toMatchObject({ shown: { [tab()]: "b" }, coming: { [tab()]: ["c"] } });
  useRuns.getState().events([happens("b", "state", { state: "cancelled" }), happens("c", "state", { state: "cancelled" })]);
  await settled();
  expect(useRuns.getState()).toMatchObject({ shown: { [tab()]: "b" }, coming: { [tab()]: [] } });
});

test("a run that overtakes the one that waits in a tab is shown, and then that one", async () => {
  for (const id of ["a", "b"]) useRuns.getState().submitted(tab(), accepted(id), emptyDocument());
  await settled();
  useRuns.getState().events([happens("b", "state", { state: "running" })]);
  await settled();
  expect(useRuns.getState().shown[tab()]).toBe("b");
  useRuns.getState().events([happens("b", "state", { state: "succeeded" }), happens("a", "state", { state: "running" })]);
  await settled();
  expect(useRuns.getState().shown[tab()]).toBe("a");
});

test("what is run again is shown where the run before was", async () => {
  const { retryRun } = await import("../../src/state/commands/runList");
  useRuns.getState().submitted(tab(), accepted("a"), emptyDocument());
  useRuns.getState().events([happens("a", "state", { state: "running" }), happens("a", "state", { state: "failed" })]);
  await settled();
  retried = accepted("b");
  await retryRun(useRuns.getState().runs[0]!);
  expect(useRuns.getState()).toMatchObject({ shown: { [tab()]: "b" }, ran: { b: emptyDocument() } });
});

test("a picture is in the list of runs from when it is told, and an older answer doesn't take it away", async () => {
  const run = accepted("a");
  useRuns.getState().accept([run]);
  useRuns.getState().events([happens("a", "output", { node: "n", artifact: { id: 5, node: "n" } })]);
  const pictures = () => useRuns.getState().runs.map(({ artifacts }) => artifacts.map(({ id, deleted_at }) => [id, deleted_at]));
  expect(pictures()).toEqual([[[5, null]]]);
  useRuns.getState().accept([run]);
  expect(pictures()).toEqual([[[5, null]]]);
  useRuns.getState().events([happens("a", "picture_deleted", { artifact: 5, at: "now" })]);
  expect(pictures()).toEqual([[[5, "now"]]]);
});

test("runs of others are listed, and no more is kept of them", async () => {
  accepted("other");
  useRuns.getState().events([happens("other", "state", { state: "running" }), happens("other", "queued", { nodes: ["n"] })]);
  await settled();
  expect(useRuns.getState().views).toEqual({});
  expect(useRuns.getState().runs.map(({ id, state }) => [id, state])).toEqual([["other", "running"]]);
});

test("a page that is loaded again takes up the run that it showed", async () => {
  accepted("a");
  happens("a", "state", { state: "running" });
  happens("a", "queued", { nodes: ["n"] });
  useRuns.setState({ shown: { [tab()]: "a" } });
  useRuns.getState().setConnected(true);
  await settled();
  expect(view("a")).toMatchObject({ state: "running", nodes: { n: { state: "waiting" } } });
});

test("a run that was deleted is shown no longer", async () => {
  useRuns.getState().submitted(tab(), accepted("a"), emptyDocument());
  await settled();
  useRuns.getState().events([happens("a", "deleted")]);
  expect(useRuns.getState()).toMatchObject({ runs: [], shown: {}, views: {} });
});

test("many runs that change at once are asked for as one page", async () => {
  const all = Array.from({ length: 40 }, (_, index) => `r${index}`);
  for (const id of all) accepted(id);
  useRuns.getState().events(all.map((id) => happens(id, "state", { state: "running" })));
  await settled();
  expect(useRuns.getState().runs.map(({ id }) => id)).toEqual(all.toReversed());
  expect(new Set(useRuns.getState().runs.map(({ state }) => state))).toEqual(new Set(["running"]));
});
