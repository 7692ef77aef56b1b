import { useStoreApi } from "@xyflow/react";
import { type RefObject, useEffect } from "react";

/** Frames without a movement after which the view rests; not milliseconds, of which slow frames take many. */
const REST = 15;

/**
 * While the view moves on and on, the canvas has the class `moving`: what was drawn is then moved and scaled as a
 * picture, and drawn anew once the view rests. A class on the element: nothing is rendered for it.
 */
export function useMotion(canvas: RefObject<HTMLElement | null>): void {
  const flow = useStoreApi();
  useEffect(() => {
    const element = canvas.current;
    let still = REST;
    let frame = 0;
    const look = () => {
      still++;
      if (still < REST) frame = requestAnimationFrame(look);
      else element?.classList.remove("moving");
    };
    const stop = flow.subscribe(({ transform }, before) => {
      if (transform === before.transform) return;
      if (still < REST) element?.classList.add("moving"); // a single step isn't a movement
      else frame = requestAnimationFrame(look);
      still = 0;
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
      element?.classList.remove("moving");
    };
  }, [canvas, flow]);
}
