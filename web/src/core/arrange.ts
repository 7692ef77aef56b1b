/** The automatic layout. */
import { boundsOf, type Box, overlaps, type Point, type Size } from "./boxes";
import { linksOf, placeOf, type WorkflowDocument } from "./document";
import { moveNodes } from "./edits";
import { freePlace } from "./freePlace";
import { boxOf, changeItems, frameAround, itemKeys, itemOf, kindOf, membersOf, USUAL } from "./items";
import { writeJson } from "./json";
import { type Line, type PortPlace, routesAround } from "./lanes";
import { setPoints } from "./routes";

/**
 * Nodes in columns from what is read to what reads, few links crossing; only the chosen ones, or all. What lies in
 * a group stays together in it. A link that would run behind a card gets way points around it.
 */
export async function arranged(
  document: WorkflowDocument,
  sizes: ReadonlyMap<string, Size>,
  chosen: readonly string[] = [],
  port: PortPlace = () => null,
): Promise<WorkflowDocument> {
  const dagre = (await import("@dagrejs/dagre")).default;
  const some = chosen.filter((name) => name in document.nodes);
  const names = some.length > 1 ? some : Object.keys(document.nodes);
  if (names.length === 0) return document;
  const inside = new Set(names);
  const groups = groupsOf(document, sizes, inside);
  const graph = new dagre.graphlib.Graph({ multigraph: true, compound: true });
  graph.setGraph({ rankdir: "LR", nodesep: groups.size > 0 ? 80 : 32, ranksep: 72, edgesep: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const name of names) graph.setNode(name, { ...(sizes.get(name) ?? USUAL) });
  for (const [group, members] of groups) {
    graph.setNode(group, {});
    for (const member of members) graph.setParent(member, group);
  }
  const lines: Line[] = linksOf(document)
    .filter(({ to, from }) => inside.has(to) && inside.has(from.node))
    .map(({ to, input, from }) => ({ from: from.node, output: from.output, to, input }));
  for (const line of lines) graph.setEdge(line.from, line.to, {}, `${line.output}>${line.input}`);
  dagre.layout(graph);

  const corners = new Map(names.map((name) => {
    const { x, y, width, height } = graph.node(name);
    return [name, { x: x - width / 2, y: y - height / 2 }] as const;
  }));
  const offset = offsetOf(document, corners);
  const shifted = ({ x, y }: Point) => ({ x: x + offset.x, y: y + offset.y });
  let tidied = moveNodes(document, Object.fromEntries([...corners].map(([name, corner]) => [name, shifted(corner)])));
  tidied = reframed(tidied, groups, sizes);
  const lanes = (line: Line) =>
    (graph.edge(line.from, line.to, `${line.output}>${line.input}`) as { points?: Point[] }).points?.map(shifted) ?? [];
  const boxes = new Map(names.map((name) => [name, boxOf(tidied, name, sizes) as Box]));
  for (const [line, points] of routesAround(boxes, lines, port, lanes)) tidied = setPoints(tidied, line.to, line.input, points);
  return besideNotes(tidied, sizes);
}

/** Whether all lies where it lay. */
export function liesSame({ layout: before }: WorkflowDocument, { layout: after }: WorkflowDocument): boolean {
  const keys = Object.keys(after);
  const isSame = (key: string) => key in before && writeJson(before[key] as never) === writeJson(after[key] as never);
  return keys.length === Object.keys(before).length && keys.every(isSame);
}

/**
 * The groups whose nodes are all arranged, each with what lies in it and in no smaller group; the smaller come first,
 * and are among what lies in the larger.
 */
function groupsOf(document: WorkflowDocument, sizes: ReadonlyMap<string, Size>, inside: ReadonlySet<string>): Map<string, string[]> {
  const area = (key: string) => (itemOf(document, key)?.width ?? 0) * (itemOf(document, key)?.height ?? 0);
  const frames = itemKeys(document).filter((key) => kindOf(key) === "group").sort((a, b) => area(a) - area(b));
  const groups = new Map<string, string[]>();
  const taken = new Set<string>();
  for (const group of frames) {
    const members = membersOf(document, group, sizes).filter((key) => !taken.has(key) && (key in document.nodes || groups.has(key)));
    if (members.length === 0 || !members.every((key) => inside.has(key) || groups.has(key))) continue;
    for (const member of members) taken.add(member);
    groups.set(group, members);
  }
  return groups;
}

/** The upper left corner stays where it was. */
function offsetOf(document: WorkflowDocument, corners: ReadonlyMap<string, Point>): Point {
  const before = [...corners.keys()].map((name) => placeOf(document, name) ?? { x: 0, y: 0 });
  const after = [...corners.values()];
  const least = (points: readonly Point[], axis: "x" | "y") => points.reduce((low, point) => Math.min(low, point[axis]), Infinity);
  return { x: Math.round(least(before, "x") - least(after, "x")), y: Math.round(least(before, "y") - least(after, "y")) };
}

/** Frames go where what lay in them went. */
function reframed(document: WorkflowDocument, groups: ReadonlyMap<string, readonly string[]>, sizes: ReadonlyMap<string, Size>): WorkflowDocument {
  let changed = document;
  for (const [group, members] of groups) {
    const bounds = boundsOf(members.map((name) => boxOf(changed, name, sizes) as Box));
    if (bounds) changed = changeItems(changed, [group], frameAround(bounds));
  }
  return changed;
}

/** Notes that cards have come to lie on move beside them. */
function besideNotes(document: WorkflowDocument, sizes: ReadonlyMap<string, Size>): WorkflowDocument {
  const cards = Object.keys(document.nodes).map((name) => boxOf(document, name, sizes)).filter((box) => box !== null);
  let changed = document;
  for (const key of itemKeys(document).filter((each) => kindOf(each) === "note")) {
    const note = boxOf(document, key, sizes) as Box;
    if (cards.some((card) => overlaps(note, card))) changed = moveNodes(changed, { [key]: freePlace(note, cards) });
  }
  return changed;
}
