import { type RefObject, useEffect } from "react";
import { useEditor } from "../../state/context";

/** What was chosen last is what is copied: choosing on the canvas lets go of the text that was selected on the page. */
export function useTextSelection(canvas: RefObject<HTMLElement | null>): void {
  const selection = useEditor((state) => state.selection);
  const links = useEditor((state) => state.links);
  useEffect(letGo, [selection, links]);
  useEffect(() => {
    const element = canvas.current;
    element?.addEventListener("pointerdown", letGo, true);
    return () => element?.removeEventListener("pointerdown", letGo, true);
  }, [canvas]);
}

/** Whether text of the page is selected, outside of fields. */
export function isTextSelected(): boolean {
  return window.getSelection()?.isCollapsed === false;
}

function letGo(): void {
  const isWriting = document.activeElement?.matches("input, textarea") ?? false;
  if (isTextSelected() && !isWriting) window.getSelection()?.removeAllRanges();
}
