import { Panel, type ReactFlowState, useReactFlow, useStore } from "@xyflow/react";
import { memo, type PointerEvent, useEffect, useMemo, useRef } from "react";
import { type Box, boundsOf, centreOf, holds, type Point } from "../../core/boxes";
import { kindOf } from "../../core/items";
import { boxesPath, mapped, placeOn, seenThrough } from "../../core/smallMap";
import { text } from "../../text";
import type { DrawnNode } from "./drawn";

const SIZE = { width: 144, height: 96 };
/** How far one step of the wheel zooms, as on the canvas. */
const STEP = 0.002;

/** All of the graph, small, and what is seen of it: that is dragged along, or brought to where the map is pressed. */
export const SmallMap = memo(function SmallMap() {
  const nodes = useStore(nodesOf);
  const transform = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const { bounds, cards, frames } = useMemo(() => drawnOf(nodes), [nodes]);
  const seen = seenThrough(transform, { width, height });
  const map = mapped(bounds, seen, SIZE);
  const scale = SIZE.width / map.width;
  const moved = (x: number, y: number) => `translate(${(x - map.x) * scale}px, ${(y - map.y) * scale}px)`;
  // All of it is moved by transforms alone: while the view moves, nothing is laid out anew.
  return (
    <Panel position="bottom-right" className="small-map" style={SIZE} role="img" aria-label={text.canvas.smallMap} {...useMoved(map, seen)}>
      <svg style={{ transform: `${moved(0, 0)} scale(${scale})` }}>
        <path className="small-cards" d={cards} shapeRendering="crispEdges" />
        <path className="small-frames" d={frames} />
      </svg>
      <div className="small-seen" style={{ transform: `${moved(seen.x, seen.y)} scale(${seen.width * scale}, ${seen.height * scale})` }} />
    </Panel>
  );
});

const nodesOf = (state: ReactFlowState) => state.nodes as DrawnNode[];

function drawnOf(nodes: readonly DrawnNode[]) {
  const boxes = nodes.map(({ id, position, measured, width, height }) => ({
    frame: kindOf(id) === "group",
    ...position,
    width: measured?.width ?? width ?? 0,
    height: measured?.height ?? height ?? 0,
  }));
  return {
    bounds: boundsOf(boxes),
    cards: boxesPath(boxes.filter(({ frame }) => !frame)),
    frames: boxesPath(boxes.filter(({ frame }) => frame)),
  };
}

/** What moves the view by way of the map. */
function useMoved(map: Box, seen: Box) {
  const flow = useReactFlow();
  const ref = useRef<HTMLDivElement>(null);
  const last = useRef<Point | null>(null);
  const move = (to: Point) => void flow.setCenter(to.x, to.y, { zoom: flow.getZoom() });
  const placeAt = ({ clientX, clientY }: PointerEvent<HTMLDivElement>): Point => {
    const box = (ref.current as HTMLDivElement).getBoundingClientRect();
    return placeOn(map, { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height });
  };
  useEffect(() => {
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      void flow.zoomTo(flow.getZoom() * 2 ** (-event.deltaY * (event.deltaMode === 0 ? STEP : STEP * 25)));
    };
    const element = ref.current; // React's own handler can't keep the page from zooming
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, [flow]);
  return {
    ref,
    onPointerDown(event: PointerEvent<HTMLDivElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const place = placeAt(event);
      if (!holds(seen, place)) move(place);
      last.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove(event: PointerEvent<HTMLDivElement>) {
      if (last.current === null) return;
      const scale = map.width / SIZE.width;
      const { x, y } = centreOf(seen);
      move({ x: x + (event.clientX - last.current.x) * scale, y: y + (event.clientY - last.current.y) * scale });
      last.current = { x: event.clientX, y: event.clientY };
    },
    onLostPointerCapture() {
      last.current = null;
    },
  };
}
