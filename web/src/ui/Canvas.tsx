import {
  applyNodeChanges,
  Background,
  type Connection,
  Controls,
  type Edge,
  type EdgeChange,
  type FinalConnectionState,
  MiniMap,
  type Node,
  type NodeChange,
  ReactFlow,
  useReactFlow,
} from "@xyflow/react";
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { placeOf, type WorkflowDocument } from "../core/document";
import { connect, disconnect, moveNodes, removeNodes } from "../core/edits";
import { refusal } from "../core/linking";
import { useCatalogue } from "../state/catalogue";
import { useEditor, useEditorStore } from "../state/context";
import { usePage } from "../state/page";
import { setView } from "../state/view";
import { text } from "../text";
import { edgesOf } from "./edges";
import { NodeCard } from "./NodeCard";

const NODE_TYPES = { card: NodeCard };
const GRID = 8;

type CardNode = Node<Record<string, never>, "card">;

/** The graph: nodes that can be moved, links that can be drawn. The document is what counts; this follows it. */
export function Canvas() {
  const store = useEditorStore();
  const document = useEditor((state) => state.document);
  const selection = useEditor((state) => state.selection);
  const catalogue = useCatalogue((state) => state.nodes);
  const openPalette = usePage((state) => state.openPalette);
  const flow = useReactFlow();
  const { screenToFlowPosition } = flow;
  const [nodes, setNodes] = useState<CardNode[]>([]);
  const [edges, setEdges] = useState<Edge[]>([]);
  const refused = useRef<string | null>(null);

  useEffect(() => {
    setView(flow);
    return () => setView(null);
  }, [flow]);
  useEffect(() => setNodes((before) => follow(before, document, selection)), [document, selection]);
  useEffect(() => setEdges((before) => edgesOf(document, catalogue, before)), [document, catalogue]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      setNodes((before) => applyNodeChanges(changes, before));
      const chosen = changes.filter((change) => change.type === "select");
      if (chosen.length > 0) {
        const { selection: now, select } = store.getState();
        const on = new Set(now);
        for (const { id, selected } of chosen) selected ? on.add(id) : on.delete(id);
        select([...on]);
      }
    },
    [store],
  );

  const onEdgesChange = useCallback((changes: EdgeChange[]) => {
    setEdges((before) =>
      before.map((edge) => {
        const change = changes.find((each) => each.type === "select" && each.id === edge.id);
        return change?.type === "select" ? { ...edge, selected: change.selected } : edge;
      }),
    );
  }, []);

  const isValidConnection = useCallback(
    (connection: Connection | Edge) => {
      refused.current = refusal(store.getState().document, catalogue, connection as Connection);
      return refused.current === null;
    },
    [store, catalogue],
  );

  const onConnect = useCallback(
    ({ source, sourceHandle, target, targetHandle }: Connection) => {
      if (!sourceHandle || !targetHandle) return;
      store.getState().edit(text.actions.connect, (before) => {
        const schema = catalogue.get(before.nodes[target]?.type ?? "");
        return connect(before, { node: source, output: sourceHandle }, target, targetHandle, schema);
      });
    },
    [store, catalogue],
  );

  const onConnectEnd = useCallback(
    (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const reason = refused.current;
      refused.current = null;
      if (state.isValid) return;
      if (state.toHandle) {
        if (reason !== null) usePage.getState().notify(reason);
        return;
      }
      const { fromHandle } = state;
      if (!fromHandle?.id) return;
      const point = "changedTouches" in event ? event.changedTouches[0] : event;
      if (!point) return;
      openPalette({
        at: screenToFlowPosition({ x: point.clientX, y: point.clientY }),
        port: { node: fromHandle.nodeId, name: fromHandle.id, kind: fromHandle.type === "source" ? "output" : "input" },
      });
    },
    [openPalette, screenToFlowPosition],
  );

  const onNodeDragStop = useCallback(
    (_event: unknown, _node: CardNode, dragged: CardNode[]) => {
      const positions = Object.fromEntries(dragged.map(({ id, position }) => [id, position]));
      store.getState().edit(text.actions.move(dragged.length), (before) => moveNodes(before, positions));
    },
    [store],
  );

  const onDelete = useCallback(
    ({ nodes: gone, edges: cut }: { nodes: Node[]; edges: Edge[] }) => {
      const names = gone.map(({ id }) => id);
      const links = cut
        .filter((edge) => !names.includes(edge.target))
        .map((edge) => ({ node: edge.target, input: edge.data?.["input"] as string }));
      store
        .getState()
        .edit(names.length > 0 ? text.actions.remove(names.length) : text.actions.disconnect, (before) =>
          names.length > 0
            ? removeNodes(before, names, catalogue)
            : disconnect(before, links, catalogue),
        );
    },
    [store, catalogue],
  );

  const onDoubleClick = useCallback(
    (event: MouseEvent) => {
      if (!(event.target as Element).classList.contains("react-flow__pane")) return;
      openPalette({ at: screenToFlowPosition({ x: event.clientX, y: event.clientY }) });
    },
    [openPalette, screenToFlowPosition],
  );

  const many = nodes.length > 200;
  const miniMap = useMemo(() => <MiniMap pannable zoomable ariaLabel={text.toolbar.fit} />, []);

  return (
    <div className="canvas" onDoubleClick={onDoubleClick}>
      <ReactFlow<CardNode>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        isValidConnection={isValidConnection}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        onNodeDragStop={onNodeDragStop}
        onSelectionDragStop={(event, dragged) => onNodeDragStop(event, dragged[0] as CardNode, dragged)}
        onDelete={onDelete}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        onlyRenderVisibleElements={many}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={["Control", "Meta", "Shift"]}
        disableKeyboardA11y
        snapToGrid
        snapGrid={[GRID, GRID]}
        minZoom={0.1}
        maxZoom={2.5}
        fitView
        fitViewOptions={{ maxZoom: 1 }}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={GRID * 3} />
        <Controls showInteractive={false} />
        {miniMap}
      </ReactFlow>
    </div>
  );
}

/** The cards for a document; those that didn't change stay the same objects. */
function follow(before: readonly CardNode[], document: WorkflowDocument, selection: readonly string[]): CardNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const selected = new Set(selection);
  return Object.keys(document.nodes).map((name, index) => {
    const place = placeOf(document, name) ?? { x: (index % 5) * 320, y: Math.floor(index / 5) * 240 };
    const card = known.get(name);
    const isSelected = selected.has(name);
    const width = place.width;
    if (
      card &&
      card.position.x === place.x &&
      card.position.y === place.y &&
      card.width === width &&
      (card.selected ?? false) === isSelected
    ) {
      return card;
    }
    return {
      ...(card ?? { id: name, type: "card" as const, data: {} }),
      position: { x: place.x, y: place.y },
      selected: isSelected,
      ...(width === undefined ? {} : { width }),
    };
  });
}
