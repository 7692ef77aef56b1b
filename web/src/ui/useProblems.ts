import { useMemo } from "react";
import { mayStillBe } from "../core/runs/leads";
import type { Problem } from "../core/problems";
import { useEditor, useRunView, useTab } from "../state/context";
import { useChecks } from "../state/checks";
import { problemsOf } from "../state/places";
import { useRefusals } from "../state/refusals";
import { useRuns } from "../state/runs";

const NONE: readonly Problem[] = [];

/** All that is wrong with the workflow in this tab and with what stands in its fields, and the error of its last run until what it is about is changed. */
export function useProblems(): readonly Problem[] {
  const { id } = useTab();
  const found = useChecks((state) => state.problems[id] ?? NONE);
  const refused = useRefusals((state) => state.refused[id] ?? NONE);
  const view = useRunView();
  const ran = useRuns((state) => state.ran[view?.id ?? ""]);
  const error = view?.error ?? null;
  const stands = useEditor(({ whole }) => error !== null && (ran === undefined || mayStillBe(error, ran, whole)));
  return useMemo(() => {
    const all = [...refused, ...(error === null || !stands ? [] : [error]), ...found];
    return all.length > 0 ? all : NONE;
  }, [refused, found, error, stands]);
}

/** What is wrong with one node of the graph in front, or with what is inside of it. */
export function useProblemsOf(node: string): readonly Problem[] {
  const problems = useProblems();
  const whole = useEditor((state) => (problems.length > 0 ? state.whole : null)); // nothing is drawn anew where all is well
  const inside = useEditor((state) => state.inside);
  return useMemo(() => {
    const own = whole === null ? [] : problemsOf(whole, inside, node, problems);
    return own.length > 0 ? own : NONE;
  }, [problems, whole, inside, node]);
}
