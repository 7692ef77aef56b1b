/** Boxes brought into line, or spread evenly: each a new place by key, for those that move. */
import { boundsOf, type Box, type Point } from "./boxes";

export type Alignment = "left" | "centre" | "right" | "top" | "middle" | "bottom";
export type Direction = "horizontally" | "vertically";

export function aligned(boxes: ReadonlyMap<string, Box>, how: Alignment): Record<string, Point> {
  const bounds = boundsOf(boxes.values());
  if (bounds === null) return {};
  return placed(boxes, ({ x, y, width, height }) => {
    switch (how) {
      case "left":
        return { x: bounds.x, y };
      case "centre":
        return { x: bounds.x + (bounds.width - width) / 2, y };
      case "right":
        return { x: bounds.x + bounds.width - width, y };
      case "top":
        return { x, y: bounds.y };
      case "middle":
        return { x, y: bounds.y + (bounds.height - height) / 2 };
      case "bottom":
        return { x, y: bounds.y + bounds.height - height };
    }
  });
}

/** The same gap between each and the next; the outermost two stay. Of what can't but overlap, the overlap is even. */
export function distributed(boxes: ReadonlyMap<string, Box>, direction: Direction): Record<string, Point> {
  const [axis, extent] = direction === "horizontally" ? (["x", "width"] as const) : (["y", "height"] as const);
  const bounds = boundsOf(boxes.values());
  if (bounds === null || boxes.size < 3) return {};
  const row = [...boxes].sort(([, a], [, b]) => a[axis] + a[extent] / 2 - (b[axis] + b[extent] / 2));
  const used = row.reduce((sum, [, box]) => sum + box[extent], 0);
  const gap = (bounds[extent] - used) / (row.length - 1);
  const places = new Map<string, Point>();
  let at = bounds[axis];
  for (const [key, box] of row) {
    places.set(key, { x: box.x, y: box.y, [axis]: at });
    at += box[extent] + gap;
  }
  return placed(boxes, (_, key) => places.get(key) as Point);
}

function placed(boxes: ReadonlyMap<string, Box>, place: (box: Box, key: string) => Point): Record<string, Point> {
  const moved: Record<string, Point> = {};
  for (const [key, box] of boxes) {
    const { x, y } = place(box, key);
    const rounded = { x: Math.round(x), y: Math.round(y) };
    if (rounded.x !== box.x || rounded.y !== box.y) moved[key] = rounded;
  }
  return moved;
}
