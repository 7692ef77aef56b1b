/** Where the paths that the engine tells lead: `outer/inner`, and `each/turn_0/inner` or `each/body/inner` in a body. */
import type { WorkflowDocument } from "../document";
import { bodyNames, type Types } from "./bodies";
import { graphAt, type Inside, scopeAt } from "./nesting";

/** A node, and the way to the graph that it is in. */
export interface Place {
  readonly inside: Inside;
  readonly node: string;
}

/** The node that a path leads to: the last on it that is in a document; null if none is. */
export function placeAt(whole: WorkflowDocument, path: string, types: Types): Place | null {
  let place: Place | null = null;
  let inside: Inside = [];
  for (let parts = path.split("/"); parts.length > 0; ) {
    const [name, ...rest] = parts as [string, ...string[]];
    const node = graphAt(whole, inside).nodes[name];
    if (!node) break;
    place = { inside, node: name };
    const scope = scopeAt(whole, inside);
    if (scope.has(node.type)) {
      inside = [...inside, { node: name, subgraph: node.type }];
      parts = rest;
      continue;
    }
    // Of a body, the engine names the turn, the input or the subgraph before the node.
    const [label, inner = ""] = rest;
    const bodies = bodyNames(types.get(node.type), node).filter(([, body]) => inner in (scope.get(body)?.nodes ?? {}));
    const body = bodies.find(([input, subgraph]) => label === subgraph || label === input.split(".").at(-1)) ?? bodies[0];
    if (!body) break;
    inside = [...inside, { node: name, subgraph: body[1] }];
    parts = rest.slice(1);
  }
  return place;
}

/** Which node of the graph in front something is of that lies at a place: itself, or the one that it is inside of. */
export function nodeInFront({ inside, node }: Place, front: Inside): string | null {
  const around = front.every((step, depth) => inside[depth]?.node === step.node && inside[depth].subgraph === step.subgraph);
  if (!around) return null;
  return inside[front.length]?.node ?? node;
}
