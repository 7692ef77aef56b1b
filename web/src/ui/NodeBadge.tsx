import { useEditor, useNodeRun } from "../state/context";
import { text } from "../text";

/** What became of a node in the last run, in a word. */
export function NodeBadge({ node }: { node: string }) {
  const run = useNodeRun(node);
  const mode = useEditor((state) => state.document.nodes[node]?.mode ?? "run");
  if (mode !== "run") return <span className="badge">{mode === "mute" ? text.node.muted : text.node.bypassed}</span>;
  if (run === null) return null;
  switch (run.state) {
    case "running":
      return <span className="badge running">{run.total ? `${run.step}/${run.total}` : text.node.running}</span>;
    case "done":
      return <span className="badge done">{text.node.seconds(run.seconds ?? 0)}</span>;
    case "cached":
      return <span className="badge cached">{text.node.cached}</span>;
    case "failed":
      return <span className="badge failed">{text.node.failed}</span>;
    case "waiting":
      return <span className="badge">{text.node.waiting}</span>;
    case "skipped":
      return (
        <span className="badge" title={run.note}>
          {text.running.skipped}
        </span>
      );
  }
}
