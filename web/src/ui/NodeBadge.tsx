import "../styles/run.css";
import { useEditor, useNodeRun } from "../state/context";
import { text } from "../text";
import { ForecastMark } from "./ForecastMark";

/** What became of a node in the last run, in a word, and what would in the next. */
export function NodeBadge({ node }: { node: string }) {
  const mode = useEditor((state) => state.document.nodes[node]?.mode ?? "run");
  if (mode !== "run") return <span className="badge">{mode === "mute" ? text.node.muted : text.node.bypassed}</span>;
  return (
    <span className="node-state">
      <RunBadge node={node} />
      <ForecastMark node={node} />
    </span>
  );
}

function RunBadge({ node }: { node: string }) {
  const run = useNodeRun(node);
  if (run === null) return null;
  switch (run.state) {
    case "waiting":
      return <span className="badge">{text.node.waiting}</span>;
    case "running":
      return (
        <span className="badge running" title={run.note || undefined}>
          {run.total ? `${run.step}/${run.total}` : text.node.running}
        </span>
      );
    case "done":
      return <span className="badge done">{text.node.seconds(run.seconds ?? 0)}</span>;
    case "cached":
      return <span className="badge cached">{text.node.cached}</span>;
    case "failed":
      return <span className="badge failed">{text.node.failed}</span>;
    case "skipped":
      return (
        <span className="badge" title={run.note}>
          {text.running.skipped}
        </span>
      );
  }
}
