import type { DrawnNode } from "./drawn";

const known = new WeakMap<DrawnNode, DrawnNode>();

/**
 * The same nodes, placed by `left` and `top`. What has a transform of its own is a part of the picture by itself for
 * the browser, which goes through all parts for each frame: too many where a large graph is seen as a whole.
 */
export function flat(nodes: readonly DrawnNode[]): DrawnNode[] {
  return nodes.map((node) => {
    const before = known.get(node);
    if (before) return before;
    const { x, y } = node.position;
    const placed = { ...node, style: { transform: "none", left: x, top: y } };
    known.set(node, placed);
    return placed;
  });
}
