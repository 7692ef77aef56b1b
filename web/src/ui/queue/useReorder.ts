import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { placeAt } from "../../core/runs/reorder";

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
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<number | null>(null);

  const end = () => {
    setDragged(null);
    setOver(null);
  };
  const handle = (name: string, index: number, count: number) => ({
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDragged(name);
      setOver(index);
    },
    onPointerMove(event: PointerEvent) {
      if (dragged !== name || !list.current) return;
      const middles = [...list.current.children].map((row) => {
        const { top, height } = row.getBoundingClientRect();
        return top + height / 2;
      });
      setOver(placeAt(event.clientY, middles, index));
    },
    onPointerUp() {
      if (dragged === name && over !== null && over !== index) move(name, over);
      end();
    },
    onPointerCancel: end,
    onKeyDown(event: KeyboardEvent) {
      const place = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: count - 1 }[event.key];
      if (place === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (place >= 0 && place < count) move(name, place);
    },
  });
  return { list, dragged, over, handle };
}
