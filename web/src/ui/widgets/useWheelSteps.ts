import { type RefObject, useEffect, useRef } from "react";

/** Lets the wheel step a field that has the focus; over any other it moves the canvas. */
export function useWheelSteps(field: RefObject<HTMLInputElement | null>, step: (up: boolean, event: WheelEvent) => void): void {
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const way = event.deltaY === 0 ? event.deltaX : event.deltaY; // Shift makes it a sideways one
      if (document.activeElement !== element || event.ctrlKey || way === 0) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(way < 0, event);
    };
    element.addEventListener("wheel", onWheel, { passive: false }); // React's own can't be prevented
    return () => element.removeEventListener("wheel", onWheel);
  }, [field]);
}
