import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import type { Point } from "../../core/boxes";
import { useCanvasSettings } from "../../state/canvasSettings";
import { GRID, inGraph, snappedPoint } from "../../state/view";

interface Props {
  at: Point;
  label: string;
  colour: string | undefined;
  shown: boolean;
  /** While it is dragged; null: it is where it was. */
  drag(at: Point | null): void;
  move(at: Point, byKey: boolean): void;
  remove(): void;
}

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** A way point of a link: dragged, moved by arrows, removed by Delete or a double click. */
export function WayPoint({ at, label, colour, shown, drag, move, remove }: Props) {
  const moving = useRef<{ from: Point; now: Point | null } | null>(null);
  const place = (event: PointerEvent): Point => {
    const point = inGraph({ x: event.clientX, y: event.clientY }) ?? at;
    return useCanvasSettings.getState().snap ? snappedPoint(point) : point;
  };
  const onPointerMove = (event: PointerEvent) => {
    const { current } = moving;
    if (current === null) return;
    const far = Math.hypot(event.clientX - current.from.x, event.clientY - current.from.y);
    if (current.now === null && far < 3) return;
    current.now = place(event);
    drag(current.now);
  };
  const end = (keep: boolean) => {
    const now = moving.current?.now;
    moving.current = null;
    if (now && keep) move(now, false);
    else drag(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (by) move({ x: at.x + by.x * GRID * (event.shiftKey ? 8 : 1), y: at.y + by.y * GRID * (event.shiftKey ? 8 : 1) }, true);
    else if (event.key === "Delete" || event.key === "Backspace") remove();
    else if (event.key === "Escape" && moving.current) end(false);
    else return;
    event.preventDefault();
  };
  return (
    <circle
      className={`way-point nopan ${shown ? "shown" : ""}`}
      cx={at.x}
      cy={at.y}
      r={6}
      stroke={colour}
      tabIndex={0}
      role="button"
      aria-label={label}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        moving.current = { from: { x: event.clientX, y: event.clientY }, now: null };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => end(true)}
      onPointerCancel={() => end(false)}
      onDoubleClick={(event) => {
        event.stopPropagation();
        remove();
      }}
      onKeyDown={onKeyDown}
    />
  );
}
