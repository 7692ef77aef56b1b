/** The canvas in front, for commands that look at what is drawn. */
import type { ReactFlowInstance } from "@xyflow/react";
import type { Size } from "../core/boxes";

type View = Pick<ReactFlowInstance, "fitView" | "getNodes" | "screenToFlowPosition">;

let view: View | null = null;

/** The canvas says that it is in front, or, with null, that it is gone. */
export function setView(now: View | null): void {
  view = now;
}

/** Show all of the graph, or these nodes. */
export function fit(nodes?: readonly string[]): void {
  void view?.fitView({ maxZoom: 1, padding: 0.1, ...(nodes ? { nodes: nodes.map((id) => ({ id })) } : {}) });
}

/** How large the cards are, as far as they were drawn. */
export function sizes(): Map<string, Size> {
  const found = new Map<string, Size>();
  for (const { id, measured } of view?.getNodes() ?? []) {
    if (measured?.width && measured.height) found.set(id, { width: measured.width, height: measured.height });
  }
  return found;
}

/** The place of the graph in the middle of the window. */
export function centre(): { x: number; y: number } {
  const middle = { x: window.innerWidth / 2, y: window.innerHeight / 2 };
  return view?.screenToFlowPosition(middle) ?? { x: 0, y: 0 };
}
