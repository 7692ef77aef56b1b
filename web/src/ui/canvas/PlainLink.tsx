import { BaseEdge, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { curvesThrough, pathOf } from "../../core/curves";
import type { LinkEdge } from "./edges";

/** A link without way points. */
export const PlainLink = memo(function PlainLink({ id, sourceX, sourceY, targetX, targetY, style }: EdgeProps<LinkEdge>) {
  const path = pathOf(curvesThrough({ x: sourceX, y: sourceY }, [], { x: targetX, y: targetY }));
  return <BaseEdge id={id} path={path} style={style} />;
});
