import type { ErrorBody } from "../api/schema";

/** What is wrong with a workflow, or with a run: the server's error, word by word. */
export type Problem = ErrorBody;

/** The kind of what a field can't take, which the field itself tells. */
export const REFUSED = "refused";

/** The node of the document that a problem belongs to: of one inside a subgraph, the node that uses it. */
export function nodeOfProblem(problem: Problem): string | null {
  return problem.node === null ? null : (problem.node.split("/", 1)[0] ?? null);
}
