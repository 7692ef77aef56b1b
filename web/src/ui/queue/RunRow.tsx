import type { ReactNode } from "react";
import { type Run, thumbnailOf } from "../../api/server";
import type { Json } from "../../core/json";
import { progressOf } from "../../core/progress";
import { left } from "../../core/runs/handedOut";
import { inShort } from "../../core/runs/values";
import { isActive } from "../../core/runs/view";
import { words as wordsOf } from "../../core/schema";
import { cancelRun, retryRun, showOnCanvas } from "../../state/commands/runList";
import { useRuns } from "../../state/runs";
import { text } from "../../text";
import { ProblemText } from "../ProblemText";
import { RunMenu } from "./RunMenu";

const words = text.running.queue;

interface Props {
  run: Run;
  /** What tells it from the run before it. */
  differing: readonly (readonly [string, Json])[];
  /** Where what is dragged would be put: before or after this one. */
  drop?: "before" | "after" | null;
  isDragged?: boolean;
  /** What it is moved by. */
  children?: ReactNode;
}

/** A run: what it made, its state in words, and what can be done with it. */
export function RunRow({ run, differing, drop = null, isDragged = false, children }: Props) {
  const view = useRuns(({ views }) => views[run.id]);
  const preview = Object.values(view?.previews ?? {}).at(-1);
  const values = differing.map(([name, value]) => words.value(wordsOf(name), inShort(value))).join(" · ");
  const pictures = left(run.artifacts);
  const [first] = pictures;
  const picture = first ? thumbnailOf(first.id) : preview;
  const name = run.name || text.untitled;
  return (
    <li className={`${run.state} ${drop ?? ""} ${isDragged ? "dragged" : ""}`}>
      {children}
      <span className="run-picture">
        {picture ? <img src={picture} alt="" loading="lazy" /> : null}
        {pictures.length > 1 ? <span className="run-count-of">{pictures.length}</span> : null}
      </span>
      <span className="run-text">
        <button type="button" className="bare run-name" title={words.show} onClick={() => void showOnCanvas(run.id)}>
          {name}
        </button>
        <span className="run-line">
          <span className="badge">{run.cancel_requested && isActive(run.state) ? words.stopping : text.panel.states[run.state]}</span>
          <span className="run-time">{timesOf(run)}</span>
        </span>
        {values === "" ? null : (
          <span className="run-values" title={values}>
            {values}
          </span>
        )}
        {run.state === "running" && view ? <progress max={1} value={progressOf(view).part} aria-label={name} /> : null}
      </span>
      <span className="run-actions">
        {isActive(run.state) ? (
          <button type="button" disabled={run.cancel_requested} onClick={() => void cancelRun(run)}>
            {text.panel.cancel}
          </button>
        ) : null}
        {["failed", "cancelled", "interrupted"].includes(run.state) ? (
          <button type="button" onClick={() => void retryRun(run)}>
            {text.panel.retry}
          </button>
        ) : null}
        <RunMenu run={run} />
      </span>
      {run.error ? <ProblemText problem={run.error} whole /> : null}
    </li>
  );
}

/** When it began or was submitted, what it took, and how often it was cut off. */
function timesOf({ transitions, seconds, state }: Run): string {
  const cut = transitions.filter((each) => each.state === "interrupted").length;
  const at = transitions.findLast((each) => each.state === (state === "queued" ? "queued" : "running")) ?? transitions.at(-1);
  return [
    at ? text.time.lately(new Date(at.at)) : "",
    seconds === null ? "" : text.node.seconds(seconds),
    cut > 0 ? words.cutOff(cut) : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}
