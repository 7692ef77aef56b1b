import "../../styles/queue.css";
import { useMemo, useState } from "react";
import type { Run } from "../../api/server";
import { differingValues } from "../../core/runs/differing";
import { inOrder } from "../../core/runs/list";
import { isActive } from "../../core/runs/view";
import { togglePause } from "../../state/commands/onRuns";
import { moveTo } from "../../state/commands/runList";
import { stopAll } from "../../state/commands/running";
import { report } from "../../state/commands/report";
import { useRuns } from "../../state/runs";
import { text } from "../../text";
import { Icon } from "../Icon";
import { ClearDialog } from "./ClearDialog";
import { RunRow } from "./RunRow";
import { useReorder } from "./useReorder";

const words = text.running.queue;

/** The runs: those at work, those that wait, in their order, and those that ended, with what can be done with each. */
export function QueuePanel() {
  const runs = useRuns((state) => state.runs);
  const queue = useRuns((state) => state.queue);
  const next = useRuns((state) => state.next);
  const loaded = useRuns((state) => state.loaded);
  const loadOlder = useRuns((state) => state.loadOlder);
  const [clearing, setClearing] = useState(false);
  const differing = useMemo(() => differingValues(runs), [runs]);
  const row = (run: Run) => <RunRow key={run.id} run={run} differing={differing.get(run.id) ?? []} />;
  const running = runs.filter(({ state }) => state === "running");
  const ended = runs.filter(({ state }) => !isActive(state));
  const busy = running.length > 0 || queue.queued > 0;
  return (
    <div className="queue">
      <div className="queue-head">
        <button type="button" aria-pressed={queue.paused} onClick={() => void togglePause()}>
          {queue.paused ? text.panel.resume : text.panel.pause}
        </button>
        <button type="button" disabled={!busy} onClick={() => void stopAll()}>
          {words.stopAll}
        </button>
        <button type="button" disabled={ended.length === 0} onClick={() => setClearing(true)}>
          {words.clear}
        </button>
      </div>
      {queue.paused ? (
        <p className="hint" role="status">
          {words.isPaused}
        </p>
      ) : null}
      {runs.length === 0 ? <p className="hint">{loaded ? text.panel.noRuns : text.loading}</p> : null}
      {running.length > 0 ? (
        <ol className="runs" aria-label={text.panel.states.running}>
          {running.map(row)}
        </ol>
      ) : null}
      <Waiting differing={differing} />
      {ended.length > 0 ? (
        <>
          <h3 className="queue-title">{words.history}</h3>
          <ol className="runs" aria-label={words.history}>
            {ended.map(row)}
          </ol>
        </>
      ) : null}
      {next !== null ? (
        <button type="button" className="older" onClick={() => void loadOlder().catch(report)}>
          {words.older}
        </button>
      ) : null}
      {clearing ? <ClearDialog close={() => setClearing(false)} /> : null}
    </div>
  );
}

/** The runs that wait, which can be put into another order. */
function Waiting({ differing }: { differing: ReturnType<typeof differingValues> }) {
  const runs = useRuns((state) => state.runs);
  const order = useRuns((state) => state.order);
  const queued = useRuns((state) => state.queue.queued);
  const [said, setSaid] = useState("");
  const waiting = inOrder(runs, order);
  const { list, dragged, over, handle } = useReorder((run, place) => {
    void moveTo(run, place);
    setSaid(words.isNow(place + 1, waiting.length));
  });
  if (waiting.length === 0) return null;
  return (
    <>
      <h3 className="queue-title">{words.waiting(Math.max(queued, waiting.length))}</h3>
      <ol ref={list} className="runs" aria-label={text.panel.states.queued}>
        {waiting.map((run, index) => (
          <RunRow key={run.id} run={run} differing={differing.get(run.id) ?? []} drop={dragged !== null && over === index ? (waiting.findIndex(({ id }) => id === dragged) < index ? "after" : "before") : null} isDragged={dragged === run.id}>
            <button type="button" className="bare grip" aria-label={words.move(run.name || text.untitled, index + 1, waiting.length)} title={words.moveHint} {...handle(run.id, index, waiting.length)}>
              <Icon name="grip" />
            </button>
          </RunRow>
        ))}
      </ol>
      <p className="sr-only" role="status">
        {said}
      </p>
    </>
  );
}
