import { linksOf, placeOf, type WorkflowDocument } from "./document";
import { moveNodes } from "./edits";

export interface Size {
  readonly width: number;
  readonly height: number;
}

const DEFAULT: Size = { width: 260, height: 160 };

/** Nodes in columns from what is read to what reads, few links crossing; only the chosen ones, or all. */
export async function arranged(
  document: WorkflowDocument,
  sizes: ReadonlyMap<string, Size>,
  chosen: readonly string[] = [],
): Promise<WorkflowDocument> {
  const dagre = (await import("@dagrejs/dagre")).default;
  const names = chosen.length > 1 ? chosen : Object.keys(document.nodes);
  if (names.length === 0) return document;
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 32, ranksep: 72 });
  graph.setDefaultEdgeLabel(() => ({}));
  const inside = new Set(names);
  for (const name of names) graph.setNode(name, { ...(sizes.get(name) ?? DEFAULT) });
  for (const { to, input, from } of linksOf(document)) {
    if (inside.has(to) && inside.has(from.node)) graph.setEdge(from.node, to, {}, `${from.output}>${input}`);
  }
  dagre.layout(graph);
  const corners = names.map((name) => {
    const { x, y, width, height } = graph.node(name);
    return [name, { x: x - width / 2, y: y - height / 2 }] as const;
  });
  // The upper left corner stays where it was.
  const before = names.map((name) => placeOf(document, name) ?? { x: 0, y: 0 });
  const offset = {
    x: Math.min(...before.map(({ x }) => x)) - Math.min(...corners.map(([, { x }]) => x)),
    y: Math.min(...before.map(({ y }) => y)) - Math.min(...corners.map(([, { y }]) => y)),
  };
  return moveNodes(
    document,
    Object.fromEntries(corners.map(([name, { x, y }]) => [name, { x: x + offset.x, y: y + offset.y }])),
  );
}
