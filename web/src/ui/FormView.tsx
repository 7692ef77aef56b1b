import "../styles/form.css";
import { useEffect, useState } from "react";
import { parametersOf } from "../core/parameters";
import { copyAppLink } from "../state/commands/addresses";
import { useEditor } from "../state/context";
import { text } from "../text";
import { ArrangeParameter } from "./form/ArrangeParameter";
import { ParameterField } from "./form/ParameterField";
import { Results } from "./form/Results";

/** The workflow as a form of its parameters, which can be put in order, with the pictures of its last run. */
export function FormView() {
  const parameters = useEditor((state) => state.whole.parameters);
  const layout = useEditor((state) => state.whole.layout);
  const name = useEditor((state) => state.whole.name);
  const savedAs = useEditor((state) => state.savedAs?.name);
  const go = useEditor((state) => state.go);
  const [arranging, setArranging] = useState(false);
  useEffect(() => go([]), [go]); // its fields are of the workflow itself
  const listed = parametersOf({ parameters, layout });
  return (
    <div className="form-view">
      <section className="form" aria-label={text.form.title}>
        <div className="form-head">
          <h2>{name || text.untitled}</h2>
          <button type="button" aria-pressed={arranging} disabled={listed.length === 0} onClick={() => setArranging(!arranging)}>
            {text.form.arrange}
          </button>
          <button type="button" disabled={savedAs === undefined} title={text.form.linkHint} onClick={() => void copyAppLink(savedAs ?? "")}>
            {text.files.appLink}
          </button>
        </div>
        {listed.length === 0 ? <p className="hint">{text.form.none}</p> : null}
        {arranging ? (
          <ul className="form-arranging">
            {listed.map((parameter, index) => (
              <ArrangeParameter key={parameter.name} {...parameter} first={index === 0} last={index === listed.length - 1} />
            ))}
          </ul>
        ) : (
          listed.map((parameter) => <ParameterField key={parameter.name} {...parameter} />)
        )}
      </section>
      <Results />
    </div>
  );
}
