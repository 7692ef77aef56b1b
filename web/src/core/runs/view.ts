/** A run as its events tell it, node by node. */
import type { Artifact, Run } from "../../api/server";
import { isObject } from "../json";
import type { Problem } from "../problems";
import { pictureIn, withDeleted, withPicture } from "./handedOut";
import type { RunState, ServerEvent } from "./told";
import { type NodeValues, valuesIn } from "./values";

/** What became of a node. */
export interface NodeRun extends NodeValues {
  readonly state: "waiting" | "running" | "done" | "cached" | "skipped" | "failed";
  readonly step?: number;
  readonly total?: number;
  /** What it says of its progress, or why it was skipped. */
  readonly note?: string;
  readonly seconds?: number;
}

/** What is left of the nodes inside of another, which has no events of its own: a subgraph. */
interface Inner {
  readonly left: number;
  readonly ran: boolean;
  readonly seconds: number;
}

export interface RunView {
  readonly id: string;
  readonly state: RunState;
  /** The number of the newest event in it. */
  readonly last: number;
  /** By path: `node`, and `node/inner` for those in a subgraph or made by an expansion. */
  readonly nodes: Readonly<Record<string, NodeRun>>;
  readonly inner: Readonly<Record<string, Inner>>;
  /** The nodes that the run was to make from the start; expansions add others. */
  readonly planned: ReadonlySet<string>;
  /** By path, also of those around: the addresses of pictures of work under way. */
  readonly previews: Readonly<Record<string, string>>;
  /** By path, also of those around: what was made. */
  readonly artifacts: Readonly<Record<string, readonly Artifact[]>>;
  readonly error: Problem | null;
}

export function emptyView(id: string, state: RunState = "queued"): RunView {
  return { id, state, last: 0, nodes: {}, inner: {}, planned: new Set(), previews: {}, artifacts: {}, error: null };
}

export function isActive(state: RunState): boolean {
  return state === "queued" || state === "running";
}

/** Whether a node is through. */
function isOver(node: NodeRun | undefined): boolean {
  return node !== undefined && node.state !== "waiting" && node.state !== "running";
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Draft = Writable<RunView> & { nodes: Record<string, NodeRun>; inner: Record<string, Inner> };

/** The view after more events; those that are in it already change nothing. */
export function withEvents(view: RunView, events: readonly ServerEvent[]): RunView {
  const news = events.filter(({ sequence }) => sequence > view.last);
  if (news.length === 0) return view;
  const draft: Draft = { ...view, nodes: { ...view.nodes }, inner: { ...view.inner } };
  for (const event of news) take(draft, event);
  draft.last = (news.at(-1) as ServerEvent).sequence;
  return draft;
}

function take(view: Draft, event: ServerEvent): void {
  const name = typeof event["node"] === "string" ? event["node"] : "";
  switch (event.event) {
    case "queued":
      begin(view, Array.isArray(event["nodes"]) ? event["nodes"].map(String) : []);
      break;
    case "state":
      comeInto(view, event["state"] as RunState);
      if (isObject(event["error"])) fail(view, event["error"] as unknown as Problem);
      break;
    case "started":
      atWork(view, name, { state: "running" });
      break;
    case "progress":
      progress(view, name, { state: "running", step: Number(event["step"]), total: Number(event["total"]), note: String(event["text"] ?? "") });
      break;
    case "done":
      end(view, name, { state: "done", seconds: Number(event["seconds"]), ...valuesIn(event) });
      break;
    case "cached":
      end(view, name, { state: "cached", ...valuesIn(event) });
      break;
    case "skipped":
      end(view, name, { state: "skipped", note: String(event["reason"] ?? "") });
      break;
    case "output":
      handOut(view, event);
      break;
    case "picture_deleted":
      view.artifacts = Object.fromEntries(
        Object.entries(view.artifacts).map(([path, pictures]) => [path, withDeleted(pictures, Number(event["artifact"]), String(event["at"]))]),
      );
      break;
    case "failed":
      if (isObject(event["error"])) fail(view, event["error"] as unknown as Problem);
  }
}

/** A run begins, perhaps anew: these nodes are needed. */
function begin(view: Draft, names: readonly string[]): void {
  view.nodes = {};
  view.inner = {};
  view.planned = new Set(names);
  view.previews = {};
  view.error = null;
  for (const name of names) {
    view.nodes[name] = { state: "waiting" };
    for (const around of ancestors(name)) {
      const { left } = view.inner[around] ?? { left: 0 };
      view.inner[around] = { left: left + 1, ran: false, seconds: 0 };
      view.nodes[around] = { state: "waiting" };
    }
  }
}

function atWork(view: Draft, name: string, node: NodeRun): void {
  if (!isOver(view.nodes[name])) view.nodes[name] = node;
  for (const around of ancestors(name)) if (!isOver(view.nodes[around]) && view.nodes[around]?.state !== "running") view.nodes[around] = { state: "running" };
}

/** What a node tells of its steps is told of those around it, too. */
function progress(view: Draft, name: string, node: NodeRun): void {
  for (const path of [name, ...ancestors(name)]) if (!isOver(view.nodes[path])) view.nodes[path] = node;
}

function end(view: Draft, name: string, node: NodeRun): void {
  const wasOver = isOver(view.nodes[name]);
  view.nodes[name] = node;
  if (wasOver || !view.planned.has(name)) return;
  for (const around of ancestors(name)) {
    const before = view.inner[around];
    if (!before) continue; // it tells its own end
    const now = { left: before.left - 1, ran: before.ran || node.state === "done", seconds: before.seconds + (node.seconds ?? 0) };
    view.inner[around] = now;
    if (now.left > 0) atWork(view, around, { state: "running" });
    else if (view.nodes[around]?.state !== "failed") view.nodes[around] = now.ran ? { state: "done", seconds: now.seconds } : { state: "cached" };
  }
}

/** A picture is finished: it takes the place of what was seen of the work on it. */
function handOut(view: Draft, event: ServerEvent): void {
  const picture = pictureIn(event);
  if (picture === null) return;
  const artifacts = { ...view.artifacts };
  for (const path of [picture.node, ...ancestors(picture.node)]) artifacts[path] = withPicture(artifacts[path] ?? [], picture);
  view.artifacts = artifacts;
}

function fail(view: Draft, error: Problem): void {
  view.error = error;
  if (error.node === null) return;
  for (const path of [error.node, ...ancestors(error.node)]) view.nodes[path] = { state: "failed" };
}

/** In an ended run no node is at work or waits any more: those that did have ended with it. */
function comeInto(view: Draft, state: RunState): void {
  view.state = state;
  if (isActive(state)) return;
  view.previews = {};
  for (const [name, node] of Object.entries(view.nodes)) if (!isOver(node)) delete view.nodes[name];
}

/** The view with what the server told of the run as a whole; what the events told may be newer than that. */
export function withRun(view: RunView, run: Run): RunView {
  const draft: Draft = { ...view, nodes: { ...view.nodes }, inner: { ...view.inner } };
  if (!isActive(run.state) || run.artifacts.length >= picturesIn(view).length) draft.artifacts = byPath(run.artifacts);
  if (!isActive(run.state) && isActive(view.state)) comeInto(draft, run.state);
  if (run.error) fail(draft, run.error);
  return draft;
}

/** The pictures of a run, each once. */
export function picturesIn({ artifacts }: RunView): readonly Artifact[] {
  return [...new Map(Object.values(artifacts).flat().map((picture) => [picture.id, picture])).values()];
}

function byPath(pictures: readonly Artifact[]): Record<string, readonly Artifact[]> {
  const found: Record<string, Artifact[]> = {};
  for (const picture of pictures) {
    for (const path of [picture.node, ...ancestors(picture.node)]) (found[path] ??= []).push(picture);
  }
  return found;
}

/** The view with a picture of work under way. */
export function withPreview(view: RunView, node: string, address: string): RunView {
  if (!isActive(view.state)) return view;
  const paths = [node, ...ancestors(node)];
  return { ...view, previews: { ...view.previews, ...Object.fromEntries(paths.map((path) => [path, address])) } };
}

/** The paths of the nodes around a node, the nearest first. */
export function ancestors(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join("/"));
}
