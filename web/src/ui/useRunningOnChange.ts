import { useEffect } from "react";
import { useEditorStore, useTab } from "../state/context";
import { changed } from "../state/runOnChange";

/** Runs the workflow in front when it changes, where that is switched on. */
export function useRunningOnChange(): void {
  const tab = useTab();
  const editor = useEditorStore();
  useEffect(
    () =>
      editor.subscribe(({ whole }, before) => {
        if (whole.nodes !== before.whole.nodes || whole.subgraphs !== before.whole.subgraphs) changed(tab);
      }),
    [editor, tab],
  );
}
