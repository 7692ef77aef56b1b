/** React Flow as it comes, with default nodes and edges, to compare the editor with: `benchmarks/editor.py` builds and serves it. */
import "@xyflow/react/dist/style.css";
import { Background, Controls, type Edge, MiniMap, type Node, ReactFlow, useEdgesState, useNodesState, addEdge } from "@xyflow/react";
import { useEffect } from "react";
import { createRoot } from "react-dom/client";

interface Graph {
  readonly nodes: Node[];
  readonly edges: Edge[];
}

function Bare({ width, height }: { width: number; height: number }) {
  const [nodes, setNodes, onNodesChange] = useNodesState<Node>([]);
  const [edges, setEdges, onEdgesChange] = useEdgesState<Edge>([]);
  useEffect(() => {
    const open = async () => {
      const graph = (await (await fetch("graph.json")).json()) as Graph;
      setNodes(graph.nodes);
      setEdges(graph.edges);
    };
    const button = document.getElementById("open");
    button?.addEventListener("click", open);
    return () => button?.removeEventListener("click", open);
  }, [setNodes, setEdges]);
  return (
    <div style={{ width, height }}>
      {nodes.length > 0 ? (
        <ReactFlow
          nodes={nodes}
          edges={edges}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onConnect={(connection) => setEdges((before) => addEdge(connection, before))}
          onlyRenderVisibleElements={new URLSearchParams(location.search).has("visible")}
          minZoom={0.1}
          maxZoom={2.5}
          fitView
          fitViewOptions={{ maxZoom: 1 }}
        >
          <Background />
          <Controls />
          <MiniMap pannable zoomable />
        </ReactFlow>
      ) : null}
    </div>
  );
}

const query = new URLSearchParams(location.search);
const root = document.getElementById("root");
if (root) createRoot(root).render(<Bare width={Number(query.get("width"))} height={Number(query.get("height"))} />);
