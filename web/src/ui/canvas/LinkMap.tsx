import { useStore, useStoreApi, ViewportPortal, type InternalNode } from "@xyflow/react";
import { memo, useMemo } from "react";
import type { Point } from "../../core/boxes";
import { curvesThrough, pathOf } from "../../core/curves";
import type { DrawnNode } from "./drawn";
import type { LinkEdge } from "./edges";

/** So many links are one path: fewer elements than links, and none so large that every part of the picture must draw it. */
const TOGETHER = 24;

/** All links as one drawing, for graphs that are seen from very far. */
export const LinkMap = memo(function LinkMap({ links }: { links: readonly LinkEdge[] }) {
  const flow = useStoreApi<DrawnNode, LinkEdge>();
  const nodes = useStore((state) => state.nodes);
  const paths = useMemo(() => pathsOf(links, flow.getState().nodeLookup), [links, nodes, flow]);
  return (
    <ViewportPortal>
      <svg className="link-map" aria-hidden>
        {paths.map(({ colour, path }, index) => (
          <path key={index} d={path} stroke={colour} />
        ))}
      </svg>
    </ViewportPortal>
  );
});

type Nodes = ReadonlyMap<string, InternalNode<DrawnNode>>;

function pathsOf(links: readonly LinkEdge[], nodes: Nodes): { colour: string; path: string }[] {
  const found: { colour: string; path: string }[] = [];
  const open = new Map<string, string[]>();
  const close = (colour: string, parts: readonly string[]) => found.push({ colour, path: parts.join("") });
  for (const { source, sourceHandle, target, targetHandle, data, style } of links) {
    const from = portAt(nodes.get(source), "source", sourceHandle);
    const to = portAt(nodes.get(target), "target", targetHandle);
    if (!from || !to) continue;
    const colour = style?.stroke ?? "";
    const parts = [...(open.get(colour) ?? []), pathOf(curvesThrough(from, data?.points ?? [], to))];
    open.set(colour, parts);
    if (parts.length < TOGETHER) continue;
    close(colour, parts);
    open.delete(colour);
  }
  for (const [colour, parts] of open) close(colour, parts);
  return found;
}

/** The outer edge of a port, in the middle of its height. */
function portAt(node: InternalNode<DrawnNode> | undefined, kind: "source" | "target", id: string | null | undefined): Point | null {
  const port = node?.internals.handleBounds?.[kind]?.find((each) => each.id === id);
  if (!node || !port) return null;
  const { x, y } = node.internals.positionAbsolute;
  return { x: x + port.x + (kind === "source" ? port.width : 0), y: y + port.y + port.height / 2 };
}
