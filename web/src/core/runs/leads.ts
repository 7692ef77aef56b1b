import { linksOf, type WorkflowDocument } from "../document";
import { nodeOfProblem, type Problem } from "../problems";

/** These nodes, and all that leads to them. */
export function upstream(document: WorkflowDocument, names: readonly string[]): Set<string> {
  const sources = new Map<string, string[]>();
  for (const { to, from } of linksOf(document)) sources.set(to, [...(sources.get(to) ?? []), from.node]);
  const found = new Set<string>();
  const waiting = names.filter((name) => name in document.nodes);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...(sources.get(name) ?? []).filter((source) => source in document.nodes));
  }
  return found;
}

const decided = new WeakMap<WorkflowDocument, { problem: Problem; ran: WorkflowDocument; stands: boolean }>();

/**
 * Whether what went wrong in a run may still be so: neither the node nor what leads to it was changed since `ran` was
 * submitted. What isn't of a node stands until anything changes.
 */
export function mayStillBe(problem: Problem, ran: WorkflowDocument, now: WorkflowDocument): boolean {
  if (ran.nodes === now.nodes && ran.subgraphs === now.subgraphs) return true;
  const known = decided.get(now); // every card asks the same
  if (known?.problem === problem && known.ran === ran) return known.stands;
  const stands = isUnchanged(nodeOfProblem(problem), ran, now);
  decided.set(now, { problem, ran, stands });
  return stands;
}

function isUnchanged(node: string | null, ran: WorkflowDocument, now: WorkflowDocument): boolean {
  if (node === null || ran.subgraphs !== now.subgraphs || !(node in now.nodes)) return false;
  const before = upstream(ran, [node]);
  const after = upstream(now, [node]);
  return before.size === after.size && [...after].every((name) => before.has(name) && ran.nodes[name] === now.nodes[name]);
}
