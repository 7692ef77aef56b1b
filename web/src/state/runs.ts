import { create } from "zustand";
import { ApiError } from "../api/http";
import { pageOfRuns, readQueue } from "../api/running";
import { type QueueState, readRun, type Run } from "../api/server";
import type { WorkflowDocument } from "../core/document";
import { withPicturesOf } from "../core/runs/handedOut";
import { bounded, merged, reloaded } from "../core/runs/list";
import type { PreviewFrame, ServerEvent } from "../core/runs/told";
import { emptyView, isActive, type RunView, withEvents, withPreview, withRun } from "../core/runs/view";
import { catchUp, mustWait } from "./catchingUp";
import { letGo } from "./previews";
import { refresher } from "./refreshing";
import { useTabs } from "./tabs";

interface RunsState {
  /** null until it is known. */
  connected: boolean | null;
  loaded: boolean;
  /** The newest first; `next` is where older ones begin, null if there are none. */
  runs: readonly Run[];
  next: number | null;
  queue: QueueState;
  /** The ids of the runs that wait, in the order in which they will run. */
  order: readonly string[];
  /** What is known of the runs that tabs show. */
  views: Readonly<Record<string, RunView>>;
  /** By tab: the run that it shows. */
  shown: Readonly<Record<string, string>>;
  /** By tab: the runs that it submitted and that haven't begun. */
  coming: Readonly<Record<string, readonly string[]>>;
  /** By run: the workflow as it was submitted, or, of runs from before this page, as it was when they were first shown. */
  ran: Readonly<Record<string, WorkflowDocument>>;
  load(): Promise<void>;
  loadOlder(): Promise<void>;
  submitted(tab: string, run: Run, document: WorkflowDocument): void;
  /** Let a tab show a run, with what it has told so far. */
  show(tab: string, run: string): Promise<void>;
  events(batch: readonly ServerEvent[]): void;
  preview(frame: PreviewFrame): void;
  setConnected(connected: boolean): void;
  /** The server numbers its events anew: it isn't the one that was known. */
  restarted(): void;
  /** Take what the server answered of some runs. */
  accept(runs: readonly Run[]): void;
  forget(run: string): void;
}

const NOTHING = { runs: [], next: null, order: [], views: {}, shown: {}, coming: {}, ran: {}, loaded: false } as const;

export const useRuns = create<RunsState>((set, get) => ({
  ...NOTHING,
  connected: null,
  queue: { paused: false, queued: 0, running: [] },
  async load() {
    const [page] = await Promise.all([pageOfRuns(), refreshQueue("")]);
    set((before) => ({ ...reloaded(before, page), loaded: true }));
    get().accept(page.runs);
  },
  async loadOlder() {
    const { next } = get();
    if (next === null) return;
    const page = await pageOfRuns(next);
    set(({ runs }) => ({ runs: merged(runs, page.runs), next: page.next }));
  },
  submitted(tab, run, document) {
    const { shown, views, coming, ran } = get();
    const now = views[shown[tab] ?? ""];
    const before = coming[tab] ?? [];
    const waits = before.length > 0 || (now !== undefined && isActive(now.state));
    set({ ran: { ...ran, [run.id]: document }, ...(waits ? { coming: { ...coming, [tab]: [...before, run.id] } } : {}) });
    get().accept([run]);
    if (waits) return;
    set({ views: { ...views, [run.id]: withRun(emptyView(run.id, run.state), run) } });
    void get().show(tab, run.id);
  },
  async show(tab, run) {
    const whole = useTabs.getState().tabs.find(({ id }) => id === tab)?.editor.getState().whole;
    set(({ shown, ran }) => ({ shown: { ...shown, [tab]: run }, ran: whole && !ran[run] ? { ...ran, [run]: whole } : ran }));
    prune();
    await Promise.all([catchUp(run), refreshRuns(run)]);
  },
  events(batch) {
    const views = { ...get().views };
    const stale = new Set<string>();
    for (const [run, events] of Map.groupBy(batch, (event) => event.run ?? "")) {
      if (events.some(({ event }) => event === "state" || event === "changed")) stale.add(run);
      const view = views[run];
      if (!mustWait(run, events) && view) views[run] = withEvents(view, events);
    }
    setViews(views);
    set(({ runs }) => ({ runs: withPicturesOf(runs, batch) }));
    for (const event of batch) {
      if (event.event === "deleted") get().forget(event.run);
    }
    void refreshRuns(...stale);
    if (stale.size > 0 || batch.some(({ event }) => event === "queue" || event === "deleted")) void refreshQueue("");
  },
  preview({ run, node, picture }) {
    const view = get().views[run];
    if (view && isActive(view.state)) setViews({ ...get().views, [run]: withPreview(view, node, URL.createObjectURL(picture)) });
  },
  setConnected(connected) {
    set({ connected });
    if (!connected) return;
    void get().load().catch(ignore);
    for (const run of new Set(Object.values(get().shown))) {
      void catchUp(run);
      void refreshRuns(run);
    }
  },
  restarted() {
    setViews({});
    set(NOTHING);
    void get().load().catch(ignore);
  },
  accept(told) {
    set((before) => bounded({ runs: merged(before.runs, told), next: before.next }));
    const views = { ...get().views };
    for (const run of told) if (views[run.id]) views[run.id] = withRun(views[run.id] as RunView, run);
    setViews(views);
    follow();
  },
  forget(run) {
    set(({ runs, shown, coming }) => ({
      runs: runs.filter(({ id }) => id !== run),
      shown: Object.fromEntries(Object.entries(shown).filter(([, id]) => id !== run)),
      coming: Object.fromEntries(Object.entries(coming).map(([tab, ids]) => [tab, ids.filter((id) => id !== run)])),
    }));
    prune();
  },
}));

/** More than that are asked for as a page. */
const FEW = 6;

const refreshRuns = refresher(async (ids) => {
  const { accept, forget } = useRuns.getState();
  let left = ids;
  if (ids.length > FEW) {
    const { runs } = await pageOfRuns(null, 100);
    accept(runs);
    left = ids.filter((id) => !runs.some((run) => run.id === id));
  }
  for (const id of left) {
    try {
      accept([await readRun(id)]);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) forget(id);
      else throw error;
    }
  }
});

const refreshQueue = refresher(async () => {
  const { state, waiting } = await readQueue();
  useRuns.setState({ queue: state, order: waiting.map(({ id }) => id) });
  useRuns.getState().accept(waiting);
});

/** Tabs show the next of the runs that they submitted as soon as it has begun, unless what they show is at work. */
function follow(): void {
  const { coming, shown, runs, show } = useRuns.getState();
  const known = new Map(runs.map((run) => [run.id, run]));
  for (const [tab, ids] of Object.entries(coming)) {
    const now = known.get(shown[tab] ?? "");
    if (now?.state === "running") continue;
    const left = ids.filter((id) => (known.get(id)?.state ?? "queued") === "queued");
    if (left.length === ids.length) continue;
    const begun = ids.filter((id) => known.get(id)?.transitions.some(({ state }) => state === "running"));
    const next = begun.find((id) => known.get(id)?.state === "running") ?? begun.at(-1);
    const overtaken = next !== undefined && now?.state === "queued" ? [now.id] : [];
    useRuns.setState((before) => ({ coming: { ...before.coming, [tab]: [...overtaken, ...left] } }));
    if (next !== undefined) void show(tab, next);
  }
}

/** Replace what is known of the runs that tabs show; pictures that are in none of them any more are let go of. */
export function setViews(views: Readonly<Record<string, RunView>>): void {
  const before = useRuns.getState().views;
  useRuns.setState({ views });
  letGo(before, views);
}

/** Keep what tabs show, and no more. */
function prune(): void {
  const { tabs, closed } = useTabs.getState();
  const open = new Set([...tabs, ...closed.map(({ tab }) => tab)].map(({ id }) => id));
  const ofOpen = <T>(record: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(record).filter(([tab]) => open.has(tab)));
  const { shown, coming, views, ran } = useRuns.getState();
  const kept = ofOpen(shown);
  const seen = new Set([...Object.values(kept), ...Object.values(ofOpen(coming)).flat()]);
  const ofSeen = <T>(record: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(record).filter(([run]) => seen.has(run)));
  useRuns.setState({ shown: kept, coming: ofOpen(coming), ran: ofSeen(ran) });
  setViews(ofSeen(views));
}

useTabs.subscribe(({ tabs, closed }, before) => {
  if (tabs !== before.tabs || closed !== before.closed) prune();
});

function ignore(): void {
  // out of reach: loaded again on reconnection
}
