import { useMemo } from "react";
import { nodeOfProblem, type Problem } from "../core/problems";
import { useRunView, useTab } from "../state/context";
import { useChecks } from "../state/checks";

const NONE: readonly Problem[] = [];

/** All that is wrong with the workflow in this tab, and the error of its last run. */
export function useProblems(): readonly Problem[] {
  const { id } = useTab();
  const found = useChecks((state) => state.problems[id] ?? NONE);
  const error = useRunView()?.error ?? null;
  return useMemo(() => (error === null ? found : [error, ...found]), [found, error]);
}

/** What is wrong with one node. */
export function useProblemsOf(node: string): readonly Problem[] {
  const problems = useProblems();
  return useMemo(() => {
    const own = problems.filter((problem) => nodeOfProblem(problem) === node);
    return own.length > 0 ? own : NONE;
  }, [problems, node]);
}
