import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { placeAt } from "../../core/runs/reorder";

interface Drag {
  readonly name: string;
  /** The place that it would get. */
  readonly over: number;
}

interface Reorder {
  /** What is dragged, and the place that it would get. */
  readonly dragged: string | null;
  readonly over: number | null;
  /** What a row's handle listens to. */
  handle(name: string, index: number, count: number): object;
}

/** Order the rows of a list by dragging a handle, or with the arrow keys on it. */
export function useReorder(move: (name: string, place: number) => void): Reorder & { readonly list: { current: HTMLOListElement | null } } {
  const list = useRef<HTMLOListElement>(null);
  /** As events tell it: they may come faster than it is drawn. */
  const now = useRef<Drag | null>(null);
  const [drawn, setDrawn] = useState<Drag | null>(null);

  const set = (drag: Drag | null) => {
    now.current = drag;
    setDrawn(drag);
  };
  const handle = (name: string, index: number, count: number) => ({
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      set({ name, over: index });
    },
    onPointerMove(event: PointerEvent) {
      if (now.current?.name !== name || !list.current) return;
      const middles = [...list.current.children].map((row) => {
        const { top, height } = row.getBoundingClientRect();
        return top + height / 2;
      });
      set({ name, over: placeAt(event.clientY, middles, index) });
    },
    onPointerUp() {
      const drag = now.current;
      set(null);
      if (drag?.name === name && drag.over !== index) move(name, drag.over);
    },
    onPointerCancel: () => set(null),
    onKeyDown(event: KeyboardEvent) {
      const place = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: count - 1 }[event.key];
      if (place === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (place >= 0 && place < count) move(name, place);
    },
  });
  return { list, dragged: drawn?.name ?? null, over: drawn?.over ?? null, handle };
}
