import { useEffect } from "react";
import { useCatalogue } from "../state/catalogue";
import { isSound, useChecks } from "../state/checks";
import { useEditor, useTab } from "../state/context";
import { explainSoon, doubtForecasts } from "../state/explaining";
import { useRuns } from "../state/runs";

/** Keeps up to date what would become of each node: after changes of the workflow or of the nodes, and after runs. */
export function useExplaining(): void {
  const tab = useTab();
  const nodes = useEditor((state) => state.whole.nodes);
  const subgraphs = useEditor((state) => state.whole.subgraphs);
  const catalogue = useCatalogue((state) => state.nodes);
  const sound = useChecks((state) => isSound(state, tab.id, tab.editor.getState().whole));
  const idle = useRuns(({ queue }) => queue.running.length === 0 && queue.queued === 0);
  const connected = useRuns((state) => state.connected);
  useEffect(() => {
    doubtForecasts(tab.id);
    if (sound && idle && connected) explainSoon(tab);
  }, [tab, nodes, subgraphs, catalogue, sound, idle, connected]);
  useEffect(() => {
    const onSight = () => !window.document.hidden && explainSoon(tab);
    window.document.addEventListener("visibilitychange", onSight);
    return () => window.document.removeEventListener("visibilitychange", onSight);
  }, [tab]);
}
