import { create } from "zustand";
import type { PreviewFrame, ServerEvent } from "../api/events";
import { type Artifact, listRuns, type QueueState, readQueue, readRun, type Run, type RunState } from "../api/server";
import type { Problem } from "../core/problems";

/** What became of a node in the run that is shown. */
export interface NodeRun {
  readonly state: "running" | "done" | "cached" | "skipped" | "failed";
  readonly step?: number;
  readonly total?: number;
  readonly note?: string;
  readonly seconds?: number;
}

/** A run as its events tell it, node by node; nodes inside of others count for those. */
export interface RunView {
  readonly id: string;
  readonly state: RunState;
  readonly nodes: Readonly<Record<string, NodeRun>>;
  readonly previews: Readonly<Record<string, string>>;
  readonly artifacts: Readonly<Record<string, readonly Artifact[]>>;
  readonly error: Problem | null;
}

interface RunsState {
  connected: boolean | null;
  runs: readonly Run[];
  queue: QueueState;
  views: Readonly<Record<string, RunView>>;
  /** The run that each tab submitted last. */
  shown: Readonly<Record<string, string>>;
  load(): Promise<void>;
  submitted(tab: string, run: Run): void;
  events(batch: readonly ServerEvent[]): void;
  preview(frame: PreviewFrame): void;
  setConnected(connected: boolean): void;
}

const MOST_VIEWS = 50;

const EMPTY_VIEW: Omit<RunView, "id"> = { state: "queued", nodes: {}, previews: {}, artifacts: {}, error: null };

export const useRuns = create<RunsState>((set, get) => ({
  connected: null,
  runs: [],
  queue: { paused: false, queued: 0, running: [] },
  views: {},
  shown: {},
  async load() {
    const [runs, queue] = await Promise.all([listRuns(), readQueue()]);
    set({ runs, queue });
  },
  submitted(tab, run) {
    set(({ shown, views, runs }) => ({
      shown: { ...shown, [tab]: run.id },
      views: newestViews({ ...views, [run.id]: views[run.id] ?? { ...EMPTY_VIEW, id: run.id, state: run.state } }),
      runs: merged(runs, run),
    }));
  },
  events(batch) {
    const views = { ...get().views };
    const stale = new Set<string>();
    let queueChanged = false;
    for (const event of batch) {
      if (event.event === "queue") queueChanged = true;
      if (event.event === "state" || event.event === "changed") stale.add(event.run);
      if (event.event === "deleted") set(({ runs }) => ({ runs: runs.filter((run) => run.id !== event.run) }));
      if (event.run) views[event.run] = after(views[event.run] ?? { ...EMPTY_VIEW, id: event.run }, event);
    }
    set({ views: newestViews(views) });
    for (const run of stale) void refresh(run);
    if (queueChanged || stale.size > 0) void readQueue().then((queue) => set({ queue }), ignore);
  },
  preview({ run, node, picture }) {
    const view = get().views[run];
    if (!view) return;
    const top = topOf(node);
    const before = view.previews[top];
    const url = URL.createObjectURL(picture);
    set(({ views }) => ({ views: { ...views, [run]: { ...view, previews: { ...view.previews, [top]: url } } } }));
    if (before) setTimeout(() => URL.revokeObjectURL(before), 1000); // until it is no longer drawn
  },
  setConnected(connected) {
    const back = connected && get().connected === false;
    set({ connected });
    if (back) void get().load().catch(ignore);
  },
}));

async function refresh(id: string): Promise<void> {
  try {
    const run = await readRun(id);
    useRuns.setState(({ runs, views }) => {
      const view = views[id];
      const artifacts = Object.groupBy(run.artifacts, (artifact) => topOf(artifact.node)) as RunView["artifacts"];
      return {
        runs: merged(runs, run),
        ...(view ? { views: { ...views, [id]: { ...view, state: run.state, artifacts, error: run.error } } } : {}),
      };
    });
  } catch {
    // deleted meanwhile, or out of reach: the next event or reconnection brings it up to date
  }
}

/** The view after one more event. */
function after(view: RunView, event: ServerEvent): RunView {
  const name = typeof event["node"] === "string" ? event["node"] : null;
  const top = name === null ? "" : topOf(name);
  const outer = name === top;
  const before = view.nodes[top];
  const node = (change: NodeRun): RunView => ({ ...view, nodes: { ...view.nodes, [top]: change } });
  switch (event.event) {
    case "queued":
      return { ...view, nodes: {}, previews: {} };
    case "state":
      return inState(view, event["state"] as RunState);
    case "started":
      return before?.state === "running" && !outer ? view : node({ state: "running" });
    case "progress":
      return node({
        state: "running",
        step: Number(event["step"]),
        total: Number(event["total"]),
        note: String(event["text"] ?? ""),
      });
    case "done":
      return outer ? node({ state: "done", seconds: Number(event["seconds"]) }) : view;
    case "cached":
      return outer ? node({ state: "cached" }) : view;
    case "skipped":
      return outer ? node({ state: "skipped", note: String(event["reason"] ?? "") }) : view;
    case "failed": {
      const error = event["error"] as unknown as Problem;
      const at = error.node === null ? null : topOf(error.node);
      return { ...view, error, nodes: at === null ? view.nodes : { ...view.nodes, [at]: { state: "failed" } } };
    }
    default:
      return view;
  }
}

/** In an ended run no node is at work any more: those that were have ended with it, and so have their previews. */
function inState(view: RunView, state: RunState): RunView {
  if (state === "queued" || state === "running") return { ...view, state };
  const nodes = Object.entries(view.nodes).filter(([, node]) => node.state !== "running");
  for (const url of Object.values(view.previews)) setTimeout(() => URL.revokeObjectURL(url), 1000);
  return { ...view, state, nodes: Object.fromEntries(nodes), previews: {} };
}

function topOf(node: string): string {
  return node.split("/", 1)[0] as string;
}

function merged(runs: readonly Run[], run: Run): readonly Run[] {
  const others = runs.filter((each) => each.id !== run.id);
  return [...others, run].sort((a, b) => b.sequence - a.sequence);
}

function newestViews(views: Record<string, RunView>): Record<string, RunView> {
  const ids = Object.keys(views);
  if (ids.length <= MOST_VIEWS) return views;
  return Object.fromEntries(ids.slice(-MOST_VIEWS).map((id) => [id, views[id] as RunView]));
}

function ignore(): void {
  // out of reach: loaded again on reconnection
}
