import { describe, expect, test } from "vitest";
import type { Run } from "../../../src/api/server";
import type { ServerEvent } from "../../../src/core/runs/told";
import { left } from "../../../src/core/runs/handedOut";
import { ancestors, emptyView, picturesIn, withEvents, withPreview, withRun } from "../../../src/core/runs/view";

let number = 0;
const event = (kind: string, facts: object = {}): ServerEvent => ({ sequence: ++number, run: "r", event: kind, ...facts }) as unknown as ServerEvent;
const running = () => [event("state", { state: "queued" }), event("state", { state: "running" })];
const ended = (state: string) => event("state", { state });
const view = (...events: ServerEvent[]) => withEvents(emptyView("r"), events);

describe("a run as its events tell it", () => {
  test("nodes wait, run and end", () => {
    const begun = view(...running(), event("queued", { nodes: ["a", "b"] }), event("started", { node: "a" }), event("progress", { node: "a", step: 2, total: 9, text: "two" }));
    expect(begun.nodes).toEqual({ a: { state: "running", step: 2, total: 9, note: "two" }, b: { state: "waiting" } });
    const done = withEvents(begun, [event("done", { node: "a", seconds: 1.5 }), event("cached", { node: "b" }), ended("succeeded")]);
    expect(done.nodes).toEqual({ a: { state: "done", seconds: 1.5 }, b: { state: "cached" } });
    expect(done.state).toBe("succeeded");
  });

  test("events that are in it already change nothing", () => {
    const events = [...running(), event("queued", { nodes: ["a"] }), event("done", { node: "a", seconds: 1 })];
    const once = view(...events);
    expect(withEvents(once, events)).toBe(once);
    expect(withEvents(once, [...events, event("cached", { node: "a" })]).last).toBe(number);
  });

  test("what was at work in a run that was stopped is no longer", () => {
    const stopped = view(...running(), event("queued", { nodes: ["a", "b"] }), event("started", { node: "a" }), ended("cancelled"));
    expect(stopped.nodes).toEqual({});
  });

  test("a run that is begun again, after the server ended, tells of this time only", () => {
    const again = view(...running(), event("queued", { nodes: ["a"] }), event("done", { node: "a", seconds: 1 }), ended("interrupted"), ended("queued"), ended("running"), event("queued", { nodes: ["a"] }));
    expect(again.nodes).toEqual({ a: { state: "waiting" } });
    expect(again.state).toBe("running");
  });

  test("an error is the node's, and that of those around it", () => {
    const error = { kind: "k", message: "m", node: "use/leaf", input: "steps" };
    const failed = view(...running(), event("queued", { nodes: ["use/leaf", "after"] }), event("failed", { error }), ended("failed"));
    expect(failed.error).toEqual(error);
    expect(failed.nodes).toEqual({ use: { state: "failed" }, "use/leaf": { state: "failed" } });
  });
});

describe("pictures", () => {
  const picture = (id: number, node: string) => ({ id, node, sha256: "0", media_type: "image/png", size: 1, width: 2, height: 3, seed: null });
  const output = (id: number, node: string) => event("output", { node, artifact: picture(id, node), at: "2026-01-31T12:00:00.000Z" });
  const ids = (shown: ReturnType<typeof view>) => picturesIn(shown).map(({ id }) => id);
  const run = (state: string, ...artifacts: number[]) =>
    ({ id: "r", state, transitions: [], error: null, artifacts: artifacts.map((id) => ({ ...picture(id, "use/save"), run: "r", created_at: "", deleted_at: null })) }) as unknown as Run;

  test("are there once they are told, at their node and at those around it, each once", () => {
    const first = view(...running(), event("queued", { nodes: ["use/save", "slow"] }), output(7, "use/save"));
    expect(Object.keys(first.artifacts)).toEqual(["use/save", "use"]);
    expect(first.artifacts["use"]?.[0]).toMatchObject({ id: 7, run: "r", created_at: "2026-01-31T12:00:00.000Z", deleted_at: null });
    const second = withEvents(first, [output(7, "use/save"), output(8, "use/save")]);
    expect(ids(second)).toEqual([7, 8]);
    expect(ids(withEvents(second, [ended("failed")]))).toEqual([7, 8]);
  });

  test("an answer from before the newest doesn't take it away, and the end of the run has the last word", () => {
    const two = view(...running(), output(7, "use/save"), output(8, "use/save"));
    expect(ids(withRun(two, run("running", 7)))).toEqual([7, 8]);
    expect(ids(withRun(two, run("running", 7, 8, 9)))).toEqual([7, 8, 9]);
    expect(ids(withRun(two, run("succeeded", 8)))).toEqual([8]);
  });

  test("one that was deleted stays, and says so", () => {
    const shown = view(...running(), output(7, "use/save"), output(8, "use/save"), event("picture_deleted", { artifact: 7, at: "later" }));
    expect(shown.artifacts["use"]?.map(({ deleted_at }) => deleted_at)).toEqual(["later", null]);
    expect(ids(withEvents(shown, [output(7, "use/save")]))).toEqual([7, 8]);
    expect(left(picturesIn(shown)).map(({ id }) => id)).toEqual([8]);
  });
});

describe("a subgraph, which has no events of its own", () => {
  const begun = () => view(...running(), event("queued", { nodes: ["use/a", "use/b", "two/in/c"] }));

  test("runs while something in it does, and is done with all in it", () => {
    const first = withEvents(begun(), [event("started", { node: "use/a" }), event("done", { node: "use/a", seconds: 1 })]);
    expect(first.nodes["use"]).toEqual({ state: "running" });
    const both = withEvents(first, [event("done", { node: "use/b", seconds: 2 })]);
    expect(both.nodes["use"]).toEqual({ state: "done", seconds: 3 });
    expect(both.nodes["two"]).toEqual({ state: "waiting" });
  });

  test("is cached if all in it is, however deep", () => {
    const cached = withEvents(begun(), [event("cached", { node: "two/in/c" })]);
    expect(cached.nodes["two"]).toEqual({ state: "cached" });
    expect(cached.nodes["two/in"]).toEqual({ state: "cached" });
  });

  test("what an expansion adds inside of it doesn't end it sooner", () => {
    const expanded = withEvents(begun(), [event("started", { node: "use/a" }), event("done", { node: "use/a/0", seconds: 1 }), event("done", { node: "use/a/1", seconds: 1 })]);
    expect(expanded.nodes["use"]).toEqual({ state: "running" });
    expect(expanded.nodes["use/a"]).toEqual({ state: "running" });
  });
});

test("an answer that is older than the events changes no state", () => {
  const done = view(...running(), ended("succeeded"));
  const told = { id: "r", state: "running", artifacts: [{ id: 1, node: "use/save" }], error: null } as unknown as Run;
  const after = withRun(done, told);
  expect(after.state).toBe("succeeded");
  expect(Object.keys(after.artifacts)).toEqual(["use/save", "use"]);
});

test("previews are shown while the run goes on", () => {
  const before = view(...running());
  const seen = withPreview(before, "use/sample", "blob:1");
  expect(seen.previews).toEqual({ "use/sample": "blob:1", use: "blob:1" });
  const over = withEvents(seen, [ended("succeeded")]);
  expect(over.previews).toEqual({});
  expect(withPreview(over, "sample", "blob:2")).toBe(over);
});

test("the paths around a node", () => {
  expect(ancestors("a/b/c")).toEqual(["a/b", "a"]);
  expect(ancestors("a")).toEqual([]);
});
