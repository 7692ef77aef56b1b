import type { Problem } from "../core/problems";
import { text } from "../text";

/** What is wrong, where it is: what was expected, what came, and what to do about it; elsewhere the `whole` message, which often has that in it. */
export function ProblemText({ problem, whole = false }: { problem: Problem; whole?: boolean }) {
  const { expected, got, hint, message } = problem;
  const told = whole || expected === null || expected === undefined ? message : text.running.wrong(expected, got);
  return (
    <p className="problem" role="alert" title={message}>
      {told}
      {hint && !told.includes(hint) ? <span className="problem-hint"> {hint}</span> : null}
    </p>
  );
}
