import { useStore } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { type Box, boundsOf, overlaps } from "../../core/boxes";
import { same } from "../../core/same";
import { seenThrough } from "../../core/smallMap";
import type { DrawnNode } from "./drawn";
import type { LinkEdge } from "./edges";

/** Of a large graph, React Flow is given only links that may be seen soon: it goes through all that it has each time. */
export function useNear(edges: LinkEdge[], nodes: readonly DrawnNode[], all: boolean): LinkEdge[] {
  const region = useStore(({ transform, width, height }) => regionOf(seenThrough(transform, { width, height })), isSame);
  const before = useRef<LinkEdge[]>(edges);
  return useMemo(() => {
    const now = all ? edges : near(edges, nodes, region);
    if (!same(before.current, now)) before.current = now;
    return before.current;
  }, [edges, nodes, all, region]);
}

/** A part of the graph around what is seen that stays the same while the view moves a little. */
export function regionOf({ x, y, width, height }: Box): Box {
  const cell = 2 ** Math.ceil(Math.log2(Math.max(1, width, height) / 2));
  const [left, top] = [Math.floor(x / cell) * cell, Math.floor(y / cell) * cell];
  return { x: left, y: top, width: Math.ceil((x + width) / cell) * cell - left, height: Math.ceil((y + height) / cell) * cell - top };
}

/** The links between cards whose common box reaches into the region, and those that are selected. */
export function near(edges: readonly LinkEdge[], nodes: readonly DrawnNode[], region: Box): LinkEdge[] {
  const boxes = new Map(nodes.map((node) => [node.id, boxOf(node)]));
  return edges.filter(({ source, target, selected }) => {
    const [from, to] = [boxes.get(source), boxes.get(target)];
    return selected || !from || !to || overlaps(boundsOf([from, to]) as Box, region);
  });
}

function boxOf({ position, measured, width, height }: DrawnNode): Box {
  return { ...position, width: measured?.width ?? width ?? 0, height: measured?.height ?? height ?? 0 };
}

function isSame(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
