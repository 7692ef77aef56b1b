/** Where what the engine tells by paths belongs in the graph in front. */
import type { WorkflowDocument } from "../core/document";
import type { Problem } from "../core/problems";
import type { NodeRun } from "../core/runs/view";
import type { Inside } from "../core/subgraphs/nesting";
import { nodeInFront, type Place, placeAt } from "../core/subgraphs/ways";
import { useCatalogue } from "./catalogue";

const places = new WeakMap<WorkflowDocument, Map<string, Place | null>>();

/** The node of the workflow that a path leads to; each path is followed once. */
export function placeOfPath(whole: WorkflowDocument, path: string): Place | null {
  const known = places.get(whole) ?? new Map<string, Place | null>();
  places.set(whole, known);
  let place = known.get(path);
  if (place === undefined) {
    place = placeAt(whole, path, useCatalogue.getState().nodes);
    known.set(path, place);
  }
  return place;
}

/** What is wrong with a node of the graph in front; what is wrong inside of it is told as a whole, with its place. */
export function problemsOf(whole: WorkflowDocument, front: Inside, node: string, problems: readonly Problem[]): readonly Problem[] {
  return problems.flatMap((problem) => {
    const place = problem.node === null ? null : placeOfPath(whole, problem.node);
    if (place === null || nodeInFront(place, front) !== node) return [];
    return [place.inside.length === front.length ? problem : { ...problem, input: null, expected: null }];
  });
}

type Runs = Readonly<Record<string, NodeRun>>;

const inBodies = new WeakMap<Runs, { front: Inside; found: ReadonlyMap<string, NodeRun> }>();

/** What became of the nodes of a body that is in front, of all its turns: what is at work counts, else the last told. */
export function runsInBody(whole: WorkflowDocument, front: Inside, runs: Runs): ReadonlyMap<string, NodeRun> {
  const known = inBodies.get(runs);
  if (known?.front === front) return known.found;
  const found = new Map<string, NodeRun>();
  const begin = `${front[0]?.node ?? ""}/`;
  for (const [path, run] of Object.entries(runs)) {
    if (!path.startsWith(begin)) continue;
    const place = placeOfPath(whole, path);
    if (place?.inside.length !== front.length || nodeInFront(place, front) === null) continue;
    const before = found.get(place.node);
    if (before?.state !== "running" && before?.state !== "failed") found.set(place.node, run);
    else if (run.state === "failed") found.set(place.node, run);
  }
  inBodies.set(runs, { front, found });
  return found;
}

/** Whether a path leads to this node of the graph in front, or into it. */
export function leadsTo(whole: WorkflowDocument, front: Inside, node: string, path: string): boolean {
  const place = placeOfPath(whole, path);
  return place !== null && nodeInFront(place, front) === node;
}
