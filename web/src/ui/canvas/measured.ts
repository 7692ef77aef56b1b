import { Position } from "@xyflow/react";
import type { Shape } from "../../core/cardShape";

/** How wide a port is drawn. */
const PORT = 11;

/** The shape as React Flow takes it of a node that it hasn't drawn. */
export function asMeasured({ width, height, ports }: Shape) {
  return {
    measured: { width, height },
    handles: ports.map(({ id, kind, y }) => ({
      id,
      type: kind,
      position: kind === "source" ? Position.Right : Position.Left,
      x: (kind === "source" ? width : 0) - PORT / 2,
      y: y - PORT / 2,
      width: PORT,
      height: PORT,
    })),
  };
}
