import type { Parameter } from "../../core/parameters";
import { REFUSED } from "../../core/problems";
import { inputSchema } from "../../core/schema";
import { useCatalogue } from "../../state/catalogue";
import { useSchema } from "../../state/schemas";
import { text } from "../../text";
import { useProblemsOf } from "../useProblems";
import { Widget } from "../widgets/Widget";

/** A parameter with its label, the field of its input, and what is wrong with it. */
export function ParameterField({ label, node, input }: Parameter) {
  const schema = useSchema(node);
  const loaded = useCatalogue((state) => state.loaded);
  const problems = useProblemsOf(node);
  const found = schema && inputSchema(schema, input);
  if (!found?.literal) return loaded ? <p className="problem">{text.form.gone(label)}</p> : null;
  const wrong = problems.find((problem) => problem.kind !== REFUSED && problem.node === node && problem.input === input);
  return (
    <div className="form-row">
      <span className="row-name">{label}</span>
      <Widget node={node} input={input} schema={found} />
      {wrong ? (
        <p className="problem" role="alert">
          {wrong.message}
        </p>
      ) : null}
      {found.tooltip ? <p className="hint">{found.tooltip}</p> : null}
    </div>
  );
}
