import * as server from "../api/server";
import { openRun } from "../state/commands/documents";
import { report } from "../state/commands/report";
import { useRuns } from "../state/runs";
import { text } from "../text";
import { Icon } from "./Icon";

/** The runs: those that wait and those that ended, with what can be done with each. */
export function QueuePanel() {
  const runs = useRuns((state) => state.runs);
  const queue = useRuns((state) => state.queue);
  const act = (action: Promise<unknown>) => void action.then(() => useRuns.getState().load()).catch(report);
  return (
    <div className="queue">
      <div className="queue-head">
        <button type="button" onClick={() => act(queue.paused ? server.resumeQueue() : server.pauseQueue())}>
          {queue.paused ? text.panel.resume : text.panel.pause}
        </button>
      </div>
      {runs.length === 0 ? <p className="hint">{text.panel.noRuns}</p> : null}
      <ol className="runs">
        {runs.map((run) => (
          <li key={run.id} className={run.state}>
            <button type="button" className="bare run-name" title={text.panel.openWorkflow} onClick={() => void openRun(run.id)}>
              {run.name || text.untitled}
            </button>
            <span className="badge">{text.panel.states[run.state]}</span>
            {run.seconds === null ? null : <span className="run-time">{text.node.seconds(run.seconds)}</span>}
            {run.state === "queued" || run.state === "running" ? (
              <button type="button" onClick={() => act(server.cancel(run.id))}>
                {text.panel.cancel}
              </button>
            ) : null}
            {run.state === "queued" ? (
              <button type="button" aria-label={text.panel.first} title={text.panel.first} onClick={() => act(server.moveRun(run.id, 0))}>
                <Icon name="top" />
              </button>
            ) : null}
            {["failed", "cancelled", "interrupted"].includes(run.state) ? (
              <button type="button" onClick={() => act(server.retry(run.id))}>
                {text.panel.retry}
              </button>
            ) : null}
            {run.error ? <p className="problem">{run.error.message}</p> : null}
          </li>
        ))}
      </ol>
    </div>
  );
}
