import { type RefObject, useEffect } from "react";
import { isTrackpad } from "../../core/wheel";
import { useCanvasSettings } from "../../state/canvasSettings";
import { pan } from "../../state/view";

/** Two fingers on a trackpad pan; React Flow has the rest: a wheel zooms, and so does a pinch, which has Ctrl. */
export function useWheel(canvas: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const { wheel } = useCanvasSettings.getState();
      const target = event.target as Element;
      if (event.ctrlKey || event.metaKey || wheel === "mouse" || target.closest(".nowheel") || !target.closest(".react-flow__renderer")) return;
      if (wheel === "auto" && !isTrackpad(event as WheelEvent & { wheelDeltaY?: number })) return;
      event.preventDefault();
      event.stopPropagation();
      const line = event.deltaMode === 0 ? 1 : 20;
      const aside = event.shiftKey && event.deltaX === 0; // the wheel of a mouse
      pan(-(aside ? event.deltaY : event.deltaX) * line, aside ? 0 : -event.deltaY * line);
    };
    element.addEventListener("wheel", onWheel, { capture: true, passive: false });
    return () => element.removeEventListener("wheel", onWheel, { capture: true });
  }, [canvas]);
}
