import "../styles/missing.css";
import { useMemo } from "react";
import { missingNames, replaceName } from "../core/missing";
import { useCatalogue } from "../state/catalogue";
import { useEditor, useEditorStore } from "../state/context";
import { lookAgain } from "../state/models";
import { text } from "../text";
import { FilePicker } from "./widgets/FilePicker";

/** The files that the workflow names and that aren't there, each with what to do; nothing where all are. */
export function MissingFiles() {
  const whole = useEditor((state) => state.whole);
  const catalogue = useCatalogue((state) => state.nodes);
  const store = useEditorStore();
  const missing = useMemo(() => missingNames(whole, catalogue), [whole, catalogue]);
  if (missing.length === 0) return null;
  return (
    <section className="missing-files" aria-label={text.choice.title}>
      <h3>{text.choice.title}</h3>
      <ul>
        {missing.map(({ name, choices, options, near, hint, uses }) => {
          const take = (other: string) =>
            store.getState().editWhole(text.choice.replace(other), (before) => replaceName(before, catalogue, choices, name, other));
          return (
            <li key={`${choices} ${name}`} className="missing">
              <p className="problem">{text.choice.missingIn(name, uses)}</p>
              {near.map((other) => (
                <button key={other} type="button" onClick={() => take(other)}>
                  {text.choice.takeNear(other)}
                </button>
              ))}
              <FilePicker label={text.choice.otherFor(name)} value="" shown={text.choice.other} options={options} hint={hint} choose={take} />
              {hint ? <p className="hint">{text.choice.put(hint)}</p> : null}
            </li>
          );
        })}
      </ul>
      <button type="button" onClick={() => void lookAgain()}>
        {text.choice.again}
      </button>
    </section>
  );
}
