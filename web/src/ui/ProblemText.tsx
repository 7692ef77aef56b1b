import type { Problem } from "../core/problems";
import { text } from "../text";

/** What is wrong, where it is: what was expected, what came, and what to do about it. */
export function ProblemText({ problem }: { problem: Problem }) {
  const { expected, got, hint, message } = problem;
  return (
    <p className="problem" role="alert" title={message}>
      {expected === null || expected === undefined ? message : text.running.wrong(expected, got)}
      {hint ? <span className="problem-hint"> {hint}</span> : null}
    </p>
  );
}
