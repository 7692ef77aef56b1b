/** The canvas in front, for commands that look at what is drawn. */
import type { ReactFlowInstance, Viewport } from "@xyflow/react";
import { type Box, type Point, type Size, snapped } from "../core/boxes";
import type { PortPlace } from "../core/lanes";

type View = Pick<
  ReactFlowInstance,
  "fitView" | "getNodes" | "getInternalNode" | "getViewport" | "screenToFlowPosition" | "setViewport" | "zoomIn" | "zoomOut" | "zoomTo"
>;

/** Room around what is fitted: below, the small map lies there. */
const ROOM = { x: "5%", top: "40px", bottom: "128px" } as const;

let view: View | null = null;
let pointer: Point | null = null;
let aimed: Point | null = null;
let awaited: string | null = null;
/** By graph: what was seen of it last. */
const left = new Map<string, Viewport>();

const NARROW = 700;

/** What things snap to, in pixels of the graph. */
export const GRID = 8;

/** The canvas says that it is in front, or, with null, that it is gone. */
export function setView(now: View | null): void {
  view = now;
}

/** The mouse is over the canvas, at this place of the window; null: it left. */
export function pointerAt(place: Point | null): void {
  pointer = place;
}

/** The canvas's menu was opened at this place of the window; null: it was closed. */
export function aim(place: Point | null): void {
  aimed = place;
}

/** A place of the window in the graph; null if no canvas is in front. */
export function inGraph(place: Point): Point | null {
  return view?.screenToFlowPosition(place, { snapToGrid: false }) ?? null;
}

/** Where in the graph the menu was opened; null if it isn't open. */
export function menuPlace(): Point | null {
  return aimed && inGraph(aimed);
}

/** Where in the graph the menu was opened or the mouse is; null if it isn't over the canvas. */
export function target(): Point | null {
  const place = aimed ?? pointer;
  return place && inGraph(place);
}

export function snappedPoint({ x, y }: Point): Point {
  return { x: snapped(x, GRID), y: snapped(y, GRID) };
}

/** Show all of the graph, or these nodes. */
export function fit(nodes?: readonly string[]): void {
  void view?.fitView({ maxZoom: 1, padding: ROOM, ...(nodes ? { nodes: nodes.map((id) => ({ id })) } : {}) });
}

/** Whether people asked for a page on which nothing moves by itself. */
function stillness(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Show one of what lies on the canvas; of a graph that is just coming to the front (`coming`), once that is there. */
export function showOne(key: string, coming = false): void {
  // "linear": else the way there leads through a zoom at which cards are drawn without their fields
  if (!coming && view?.getNodes().some(({ id }) => id === key)) void view.fitView({ nodes: [{ id: key }], maxZoom: 1.2, duration: stillness() ? 0 : 200, interpolate: "linear" });
  else awaited = key;
}

/** How a graph is shown at first: what is waited for, else as it was left, else all of it. */
export function enterView(graph: string) {
  const key = awaited;
  awaited = null;
  if (key !== null) return { fitView: true, fitViewOptions: { nodes: [{ id: key }], maxZoom: 1.2 } };
  const defaultViewport = left.get(graph);
  return defaultViewport ? { defaultViewport } : { fitView: true, fitViewOptions: { maxZoom: 1, minZoom: leastZoom(), padding: ROOM } };
}

/** On a narrow screen all of a graph would be too small to read: its middle is shown instead. */
function leastZoom(): number {
  return window.innerWidth < NARROW ? 0.5 : 0.05;
}

/** A graph goes to the back; it is shown like this when it comes again. */
export function leaveView(graph: string, viewport: Viewport): void {
  left.set(graph, viewport);
}

/** Zoom in (1), out (-1), or to the size that cards really have (0). */
export function zoom(direction: -1 | 0 | 1): void {
  if (direction === 0) void view?.zoomTo(1);
  else void (direction > 0 ? view?.zoomIn() : view?.zoomOut());
}

/** Move what is seen by so many pixels of the window. */
export function pan(x: number, y: number): void {
  const now = view?.getViewport();
  if (now) void view?.setViewport({ x: now.x + x, y: now.y + y, zoom: now.zoom });
}

const drawn = (key: string, part = "") =>
  window.document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(key)}"] ${part}`);

/** Whether it can be written in: a card that is far away can't, nor what lies beside what is seen of a large graph. */
export function isDrawnInFull(key: string): boolean {
  return drawn(key, ":is(.card > .card-header, .frame, .note)") !== null;
}

/** What the keyboard goes to first in a card; null if nothing is drawn of it that takes anything. */
export function firstField(node: string): HTMLElement | null {
  return drawn(node, ":is(input, select, textarea, [role=combobox], .more)");
}

/** How large the cards are, as far as they were drawn. */
export function sizes(): Map<string, Size> {
  const found = new Map<string, Size>();
  for (const { id, measured } of view?.getNodes() ?? []) {
    if (measured?.width && measured.height) found.set(id, { width: measured.width, height: measured.height });
  }
  return found;
}

/** Where a port was drawn, from its card's corner: the point at which links end. */
export const port: PortPlace = (node, kind, name) => {
  const drawn = view?.getInternalNode(node)?.internals.handleBounds?.[kind]?.find(({ id }) => id === name);
  return drawn ? { x: drawn.x + (kind === "source" ? drawn.width : 0), y: drawn.y + drawn.height / 2 } : null;
};

/** The part of the graph that is seen. */
export function seen(): Box {
  const canvas = typeof window === "undefined" ? null : window.document.querySelector(".canvas")?.getBoundingClientRect();
  if (!canvas || !view) return { x: 0, y: 0, width: 1000, height: 700 };
  const { x, y } = view.screenToFlowPosition({ x: canvas.left, y: canvas.top });
  const end = view.screenToFlowPosition({ x: canvas.right, y: canvas.bottom });
  return { x, y, width: end.x - x, height: end.y - y };
}

/** The place of the graph in the middle of what is seen. */
export function centre(): Point {
  const { x, y, width, height } = seen();
  return { x: x + width / 2, y: y + height / 2 };
}
