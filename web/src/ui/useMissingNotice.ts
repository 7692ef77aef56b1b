import { useEffect } from "react";
import { missingNames } from "../core/missing";
import { useCatalogue } from "../state/catalogue";
import { useTab } from "../state/context";
import { usePage } from "../state/page";
import { text } from "../text";

const told = new Set<string>();

/** Tells once of a workflow that was opened which of its files aren't there. */
export function useMissingNotice(): void {
  const { id, editor } = useTab();
  const loaded = useCatalogue((state) => state.loaded);
  useEffect(() => {
    if (!loaded || told.has(id)) return;
    told.add(id);
    const missing = missingNames(editor.getState().whole, useCatalogue.getState().nodes);
    if (missing.length === 0) return;
    const { notify, side, setSide } = usePage.getState();
    notify(text.choice.opened(missing.length));
    if (side !== null) setSide("problems"); // only where the panel is open: nothing moves
  }, [id, editor, loaded]);
}
