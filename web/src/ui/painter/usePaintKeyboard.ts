import { type RefObject, useEffect } from "react";
import { paintAction, type PaintActions } from "./paintKeys";

/** What the parts of the painter reach each other by. */
export interface PaintHandles {
  /** Null while there is nothing to paint on yet. */
  readonly actions: RefObject<PaintActions | null>;
  /** Whether space is held: pointers move the picture. */
  readonly moving: RefObject<boolean>;
  /** Leave without keeping anything; asks first if that loses something. */
  readonly leave: RefObject<() => void>;
}

/** The painter's keys while it is open; no key reaches the page behind it. */
export function usePaintKeyboard({ actions, moving, leave }: PaintHandles): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.closest("dialog:not(.painter)")) return; // such as what asks for the token
      event.stopPropagation();
      if (event.key === "Escape") {
        event.preventDefault(); // the browser would close the dialog at the second one, whatever is lost
        leave.current();
        return;
      }
      if (target.closest("input:not([type=range])") || event.key === "Tab" || actions.current === null) return;
      const onControl = target.closest("button, summary, input") !== null && document.querySelector(".paint-stage:hover") === null;
      if (event.key === " " && !onControl) {
        moving.current = true;
        event.preventDefault();
        return;
      }
      if (onControl && (event.key === "Enter" || event.key.startsWith("Arrow")) && !event.ctrlKey && !event.metaKey) return;
      const action = paintAction(event);
      if (action === null) return;
      event.preventDefault();
      action(actions.current);
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key === " ") moving.current = false;
    };
    const lost = () => {
      moving.current = false;
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    window.addEventListener("keyup", onKeyUp, { capture: true });
    window.addEventListener("blur", lost);
    return () => {
      window.removeEventListener("keydown", onKeyDown, { capture: true });
      window.removeEventListener("keyup", onKeyUp, { capture: true });
      window.removeEventListener("blur", lost);
    };
  }, [actions, moving, leave]);
}
