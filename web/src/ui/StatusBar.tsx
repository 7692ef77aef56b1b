import { useEffect, useState } from "react";
import { readSystem, type SystemInfo } from "../api/server";
import { useEditor, useRunView } from "../state/context";
import { usePage } from "../state/page";
import { useRuns } from "../state/runs";
import { text } from "../text";
import { SaveStatus } from "./documents/SaveStatus";
import { MemoryBar } from "./MemoryBar";
import { useProblems } from "./useProblems";

/** One line: how large the workflow is, whether it would run, what the last run does, memory. Spoken is what changes by itself. */
export function StatusBar() {
  const nodes = useEditor((state) => Object.keys(state.document.nodes).length);
  const selected = useEditor((state) => state.selection.length);
  const problems = useProblems();
  const view = useRunView();
  const setSide = usePage((state) => state.setSide);
  const place = useRuns(({ order }) => (view?.state === "queued" ? order.indexOf(view.id) + 1 : 0));
  const queued = useRuns((state) => state.queue.queued);
  const system = useSystem();
  return (
    <footer className="status">
      <span>{text.status.nodes(nodes)}</span>
      {selected > 0 ? <span className="selected">{text.status.selected(selected)}</span> : null}
      <span role="status">
        {nodes === 0 ? null : problems.length > 0 ? (
          <button type="button" className="bare problem" onClick={() => setSide("problems")}>
            {text.status.problems(problems.length)}
          </button>
        ) : (
          <span className="good">{text.status.sound}</span>
        )}
      </span>
      <span role="status">
        {view ? <span>{text.panel.states[view.state]}</span> : null}
        {place > 0 ? <span>{text.running.place(place)}</span> : null}
      </span>
      {queued > 0 ? <span>{`${queued} ${text.panel.states.queued}`}</span> : null}
      <SaveStatus />
      <span className="stretch" />
      <MemoryBar change={view?.state ?? ""} />
      {system ? <span>{`${text.app} ${system.version}`}</span> : null}
    </footer>
  );
}

/** What the server says of itself, asked anew when it is another. */
function useSystem(): SystemInfo | null {
  const [system, setSystem] = useState<SystemInfo | null>(null);
  const connected = useRuns((state) => state.connected);
  useEffect(() => {
    if (connected) readSystem().then(setSystem, () => setSystem(null));
  }, [connected]);
  return system;
}
