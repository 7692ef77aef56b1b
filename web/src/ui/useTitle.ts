import { useEffect } from "react";
import { progressOf } from "../core/progress";
import { useRunView } from "../state/context";
import { text } from "../text";

/** The browser's own tab tells what is in front, and how far its run is. */
export function useTitle(name: string): void {
  const view = useRunView();
  const part = view?.state === "running" ? Math.floor(100 * progressOf(view).part) : null;
  useEffect(() => {
    document.title = text.title(name, part);
  }, [name, part]);
}
