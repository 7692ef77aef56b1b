/** What is wrong with a workflow, or with a run: the server's error, word by word. */
export interface Problem {
  readonly kind: string;
  readonly message: string;
  readonly node: string | null;
  readonly input: string | null;
  readonly expected: string | null;
  readonly got: string | null;
  readonly hint: string | null;
}

/** The node of the document that a problem belongs to: of one inside a subgraph, the node that uses it. */
export function nodeOfProblem(problem: Problem): string | null {
  return problem.node === null ? null : (problem.node.split("/", 1)[0] ?? null);
}
