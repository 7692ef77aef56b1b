import "../styles/canvas.css";
import "../styles/far.css";
import { Controls, ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useCatalogue } from "../state/catalogue";
import { useCanvasSettings } from "../state/canvasSettings";
import { addPointAt } from "../state/commands/links";
import { useEditor, useTab } from "../state/context";
import { usePage } from "../state/page";
import { enterView, GRID, leaveView, pointerAt, setView } from "../state/view";
import { text } from "../text";
import type { DrawnNode } from "./canvas/drawn";
import type { LinkEdge } from "./canvas/edges";
import { DetailProvider, MANY, useDetail } from "./canvas/detail";
import { flat } from "./canvas/flat";
import { LinkMap } from "./canvas/LinkMap";
import { CanvasMenu } from "./canvas/CanvasMenu";
import { Dots } from "./canvas/Dots";
import { DrawnLink } from "./canvas/DrawnLink";
import { Frame } from "./canvas/Frame";
import { LinkRefusal } from "./canvas/LinkRefusal";
import { useNear } from "./canvas/near";
import { Note } from "./canvas/Note";
import { PlainLink } from "./canvas/PlainLink";
import { RoutedLink } from "./canvas/RoutedLink";
import { SmallMap } from "./canvas/SmallMap";
import { TapHint } from "./canvas/TapHint";
import { useLinks } from "./canvas/useLinks";
import { useMotion } from "./canvas/useMotion";
import { useMoving } from "./canvas/useMoving";
import { usePortHighlight } from "./canvas/usePortHighlight";
import { useTextSelection } from "./canvas/useTextSelection";
import { useWheel } from "./canvas/useWheel";
import { NodeCard } from "./NodeCard";
import { BorderCard } from "./subgraphs/BorderCard";
import { Breadcrumb } from "./subgraphs/Breadcrumb";

const NODE_TYPES = { border: BorderCard, card: NodeCard, frame: Frame, note: Note };
const endBox = () => useCanvasSettings.getState().change({ boxing: false });
const EDGE_TYPES = { plain: PlainLink, routed: RoutedLink };

/** The graph: what can be moved, and links that can be drawn. The document is what counts; this follows it. */
export function Canvas() {
  const { id } = useTab();
  const inside = useEditor((state) => state.inside);
  const isEmpty = useEditor((state) => Object.keys(state.document.nodes).length === 0);
  const waiting = useCatalogue((state) => state.waiting);
  // Cards without their ports would grow later, and what fitted the window would no more.
  if (waiting && !isEmpty) return <p className="canvas waiting" role="status">{text.canvas.reading}</p>;
  const graph = [id, ...inside.flatMap(({ node, subgraph }) => [node, subgraph])].join("/");
  return (
    <ReactFlowProvider key={graph}>
      <DetailProvider>
        <Graph id={graph} />
      </DetailProvider>
    </ReactFlowProvider>
  );
}

/** One graph, shown as it was when it was left. `id`: tells graphs apart. */
function Graph({ id }: { id: string }) {
  const openPalette = usePage((state) => state.openPalette);
  const snap = useCanvasSettings((state) => state.snap);
  const boxing = useCanvasSettings((state) => state.boxing);
  const flow = useReactFlow();
  const { screenToFlowPosition } = flow;
  const canvas = useRef<HTMLDivElement>(null);
  const [start] = useState(() => enterView(id));
  const { nodes, onNodesChange, onDragStart, onDragStop } = useMoving();
  const { edges, ...linking } = useLinks(screenToFlowPosition);
  usePortHighlight(canvas);
  useTextSelection(canvas);
  useWheel(canvas);
  useMotion(canvas);

  useEffect(() => {
    setView(flow as never);
    return () => {
      leaveView(id, flow.getViewport());
      setView(null);
    };
  }, [flow, id]);

  const onDoubleClick = useCallback(
    (event: MouseEvent) => {
      if (!(event.target as Element).classList.contains("react-flow__pane")) return;
      openPalette({ at: screenToFlowPosition({ x: event.clientX, y: event.clientY }) });
    },
    [openPalette, screenToFlowPosition],
  );
  const onEdgeDoubleClick = useCallback((event: MouseEvent, { target, data }: LinkEdge) => {
    addPointAt(target, data?.input ?? "", { x: event.clientX, y: event.clientY });
  }, []);

  const detail = useDetail();
  const isMap = detail === "map";
  const placed = useMemo(() => (isMap ? flat(nodes) : nodes), [isMap, nodes]);
  const close = useNear(edges, nodes, isMap || nodes.length <= MANY);
  const drawn = useMemo(() => (isMap ? edges.filter(({ selected }) => selected) : close), [isMap, edges, close]);

  return (
    <CanvasMenu>
      <div
        className="canvas"
        ref={canvas}
        onDoubleClick={onDoubleClick}
        onPointerMove={(event) => pointerAt({ x: event.clientX, y: event.clientY })}
        onPointerLeave={() => pointerAt(null)}
      >
        <ReactFlow<DrawnNode, LinkEdge>
          nodes={placed}
          edges={drawn}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={onNodesChange}
          {...linking}
          onNodeDragStart={(_event, _node, dragged) => onDragStart(dragged)}
          onNodeDragStop={(_event, _node, dragged) => onDragStop(dragged)}
          onSelectionDragStart={(_event, dragged) => onDragStart(dragged)}
          onSelectionDragStop={(_event, dragged) => onDragStop(dragged)}
          onEdgeDoubleClick={onEdgeDoubleClick}
          deleteKeyCode={null}
          zoomOnDoubleClick={false}
          onlyRenderVisibleElements={nodes.length > MANY && !isMap /* what comes and goes costs more there than what stays */}
          selectionKeyCode="Shift"
          selectionOnDrag={boxing}
          panOnDrag={!boxing}
          onSelectionEnd={endBox}
          multiSelectionKeyCode={["Control", "Meta", "Shift"]}
          disableKeyboardA11y
          edgesFocusable={false}
          connectionDragThreshold={4}
          connectionLineComponent={DrawnLink}
          snapToGrid={snap}
          snapGrid={[GRID, GRID]}
          minZoom={0.05}
          maxZoom={2.5}
          {...start}
          proOptions={{ hideAttribution: true }}
        >
          {detail === "all" ? <Dots /> : null /* from afar they can't be seen */}
          <Controls showInteractive={false} />
          {isMap ? <LinkMap links={edges} /> : null}
          {nodes.length > 0 ? <SmallMap /> : null}
          <TapHint />
          <LinkRefusal />
        </ReactFlow>
        <Breadcrumb />
      </div>
    </CanvasMenu>
  );
}
