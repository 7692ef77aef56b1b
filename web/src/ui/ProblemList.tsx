import { useReactFlow } from "@xyflow/react";
import { nodeOfProblem } from "../core/problems";
import { useEditorStore } from "../state/context";
import { text } from "../text";
import { useProblems } from "./useProblems";

/** All that is wrong; a click leads to the node. */
export function ProblemList() {
  const problems = useProblems();
  const store = useEditorStore();
  const flow = useReactFlow();
  if (problems.length === 0) return <p className="hint">{text.panel.noProblems}</p>;
  return (
    <ol className="problems">
      {problems.map((problem, index) => {
        const node = nodeOfProblem(problem);
        return (
          <li key={`${index}-${problem.message}`}>
            <button
              type="button"
              className="bare problem"
              disabled={node === null}
              onClick={() => {
                if (node === null) return;
                store.getState().select([node]);
                void flow.fitView({ nodes: [{ id: node }], maxZoom: 1.2, duration: 200 });
              }}
            >
              {problem.message}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
