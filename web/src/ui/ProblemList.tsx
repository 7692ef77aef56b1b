import { useEditorStore } from "../state/context";
import { placeOfPath } from "../state/places";
import { showOne } from "../state/view";
import { text } from "../text";
import { useProblems } from "./useProblems";

/** All that is wrong; a click leads to the node, into the subgraph that it is in. */
export function ProblemList() {
  const problems = useProblems();
  const store = useEditorStore();
  if (problems.length === 0) return <p className="hint">{text.panel.noProblems}</p>;
  const goTo = (path: string) => {
    const { whole, inside, go, select } = store.getState();
    const place = placeOfPath(whole, path);
    if (place === null) return;
    const elsewhere = place.inside.map(({ node }) => node).join("/") !== inside.map(({ node }) => node).join("/");
    if (elsewhere) go(place.inside);
    select([place.node]);
    showOne(place.node, elsewhere);
  };
  return (
    <ol className="problems">
      {problems.map((problem, index) => (
        <li key={`${index}-${problem.message}`}>
          <button type="button" className="bare problem" disabled={problem.node === null} onClick={() => goTo(problem.node ?? "")}>
            {problem.message}
          </button>
        </li>
      ))}
    </ol>
  );
}
