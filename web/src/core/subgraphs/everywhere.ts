import type { WorkflowDocument } from "../document";
import { bodyNames, type Types } from "./bodies";
import { definedAt, graphAt, type Inside, scopeAt } from "./nesting";

/** Every graph of a workflow that some node leads to, once, by the first way to it; the workflow itself comes first. */
export function graphsIn(whole: WorkflowDocument, types: Types): { inside: Inside; graph: WorkflowDocument }[] {
  const found: { inside: Inside; graph: WorkflowDocument }[] = [];
  const seen = new Set<string>([""]);
  const waiting: Inside[] = [[]];
  for (let inside = waiting.shift(); inside !== undefined; inside = waiting.shift()) {
    const graph = graphAt(whole, inside);
    const scope = scopeAt(whole, inside);
    found.push({ inside, graph });
    for (const [name, node] of Object.entries(graph.nodes)) {
      const bodies = bodyNames(types.get(node.type), node).map(([, body]) => body);
      for (const subgraph of [node.type, ...bodies].filter((each) => scope.has(each))) {
        const way = [...inside, { node: name, subgraph }];
        const defined = definedAt(whole, way).join("/");
        if (seen.has(defined)) continue;
        seen.add(defined);
        waiting.push(way);
      }
    }
  }
  return found;
}
