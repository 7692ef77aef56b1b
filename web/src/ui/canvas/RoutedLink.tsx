import { BaseEdge, type EdgeProps, useStore } from "@xyflow/react";
import { memo, useRef, useState } from "react";
import type { Point } from "../../core/boxes";
import { curvesThrough, pathOf } from "../../core/curves";
import { setPoints } from "../../core/routes";
import { useEditorStore } from "../../state/context";
import { text } from "../../text";
import type { LinkEdge } from "./edges";
import { WayPoint } from "./WayPoint";

const NONE: readonly Point[] = [];

/** A link that goes through way points, which can be dragged. */
export const RoutedLink = memo(function RoutedLink(props: EdgeProps<LinkEdge>) {
  const { id, source, target, sourceX, sourceY, targetX, targetY, style, selected, data } = props;
  const store = useEditorStore();
  const from = { x: sourceX, y: sourceY };
  const to = { x: targetX, y: targetY };
  const kept = useCarried(source, target, from, to, data?.points ?? NONE);
  const [dragged, setDragged] = useState<{ index: number; at: Point } | null>(null);
  const points = dragged ? kept.map((point, index) => (index === dragged.index ? dragged.at : point)) : kept;
  const input = data?.input ?? "";
  const change = (action: string, changed: readonly Point[], gesture?: string) =>
    store.getState().edit(action, (document) => setPoints(document, target, input, changed), gesture);
  const moved = (index: number, at: Point) => kept.map((point, each) => (each === index ? at : point));
  return (
    <>
      <BaseEdge id={id} path={pathOf(curvesThrough(from, points, to))} style={style} />
      {points.map((point, index) => (
        <WayPoint
          key={index}
          at={point}
          label={text.canvas.wayPoint(index + 1, source, target)}
          colour={style?.stroke}
          shown={selected ?? false}
          drag={(at) => setDragged(at && { index, at })}
          move={(at, byKey) => {
            setDragged(null);
            change(text.actions.route, moved(index, at), byKey ? `route ${id} ${index}` : undefined);
          }}
          remove={() => change(text.actions.removeRoute, kept.filter((_, each) => each !== index))}
        />
      ))}
    </>
  );
});

/** The way points, moved along while both ends of the link are dragged by the same distance. */
function useCarried(source: string, target: string, from: Point, to: Point, points: readonly Point[]): readonly Point[] {
  const dragging = useStore(({ nodeLookup }) => isDragged(nodeLookup.get(source)) || isDragged(nodeLookup.get(target)));
  const start = useRef<{ from: Point; to: Point; points: readonly Point[] }>({ from, to, points });
  if (!dragging || start.current.points !== points) start.current = { from, to, points };
  const [x, y] = [from.x - start.current.from.x, from.y - start.current.from.y];
  const together = Math.abs(to.x - start.current.to.x - x) < 0.5 && Math.abs(to.y - start.current.to.y - y) < 0.5;
  return !together || (x === 0 && y === 0) ? points : points.map((point) => ({ x: point.x + x, y: point.y + y }));
}

function isDragged(node: { dragging?: boolean } | undefined): boolean {
  return node?.dragging ?? false;
}
