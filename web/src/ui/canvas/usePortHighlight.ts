import { useStoreApi } from "@xyflow/react";
import { type RefObject, useEffect } from "react";

/** While the mouse is over a port, its links stand out. Classes on the elements: nothing is drawn anew for it. */
export function usePortHighlight(canvas: RefObject<HTMLElement | null>): void {
  const flow = useStoreApi();
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const over = (event: Event) => {
      const handle = (event.target as Element).closest<HTMLElement>(".react-flow__handle");
      if (!handle) return;
      const kind = handle.classList.contains("source") ? "source" : "target";
      const links = flow.getState().connectionLookup.get(`${handle.dataset["nodeid"]}-${kind}-${handle.dataset["handleid"]}`);
      for (const { edgeId } of links?.values() ?? []) {
        element.querySelector(`.react-flow__edge[data-id="${CSS.escape(edgeId)}"]`)?.classList.add("lit");
      }
    };
    const out = (event: Event) => {
      if (!(event.target as Element).closest(".react-flow__handle")) return;
      for (const lit of element.querySelectorAll(".react-flow__edge.lit")) lit.classList.remove("lit");
    };
    element.addEventListener("pointerover", over);
    element.addEventListener("pointerout", out);
    return () => {
      element.removeEventListener("pointerover", over);
      element.removeEventListener("pointerout", out);
    };
  }, [canvas, flow]);
}
