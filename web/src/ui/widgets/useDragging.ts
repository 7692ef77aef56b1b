import { type PointerEvent, useRef } from "react";
import { pace, stepped } from "../../core/numbers";
import type { LiteralSchema } from "../../core/schema";

const PIXELS_PER_STEP = 6;

/** Changes a number while its field, unless it has the focus, is dragged sideways. */
export function useDragging(value: number | bigint, schema: LiteralSchema, change: (next: number | bigint) => void, done: () => void) {
  const drag = useRef<{ x: number; from: number | bigint; pace: number; last: number; moved: boolean } | null>(null);
  return {
    onPointerDown(event: PointerEvent<HTMLInputElement>) {
      if (document.activeElement === event.currentTarget || event.button !== 0) return;
      drag.current = { x: event.clientX, from: value, pace: pace(event, schema), last: 0, moved: false };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent<HTMLInputElement>) {
      const start = drag.current;
      if (!start) return;
      const now = pace(event, schema);
      if (now !== start.pace) {
        // From here on in other steps: what was reached stays.
        Object.assign(start, { x: event.clientX, from: value, pace: now, last: 0 });
      }
      const notches = Math.trunc((event.clientX - start.x) / PIXELS_PER_STEP);
      if (notches === start.last) return;
      start.last = notches;
      start.moved = true;
      change(stepped(start.from, notches * start.pace, schema));
    },
    onPointerUp(event: PointerEvent<HTMLInputElement>) {
      if (drag.current?.moved) {
        event.currentTarget.blur();
        done();
      }
      drag.current = null;
    },
  };
}
