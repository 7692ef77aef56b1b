import { useState } from "react";
import { labelParameter, moveParameter, type Parameter } from "../../core/parameters";
import { setParameter } from "../../core/edits";
import { useEditorStore } from "../../state/context";
import { text } from "../../text";
import { Icon } from "../Icon";

interface Props extends Parameter {
  first: boolean;
  last: boolean;
}

/** A parameter while the form is arranged: its label, its place among the others, and out with it. */
export function ArrangeParameter({ name, label, node, input, first, last }: Props) {
  const { editWhole } = useEditorStore().getState();
  const [typed, setTyped] = useState(label);
  const move = (by: number) => editWhole(text.actions.parameter, (whole) => moveParameter(whole, name, by));
  return (
    <li className="form-arrange">
      <input
        type="text"
        aria-label={text.form.labelOf(name)}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => editWhole(text.actions.parameter, (whole) => labelParameter(whole, name, typed))}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      />
      <button type="button" className="icon up" aria-label={text.form.up(label)} title={text.form.up(label)} disabled={first} onClick={() => move(-1)}>
        <Icon name="down" />
      </button>
      <button type="button" className="icon" aria-label={text.form.down(label)} title={text.form.down(label)} disabled={last} onClick={() => move(1)}>
        <Icon name="down" />
      </button>
      <button
        type="button"
        className="icon"
        aria-label={text.form.unpin(label)}
        title={text.form.unpin(label)}
        onClick={() => editWhole(text.actions.parameter, (whole) => setParameter(whole, `${node}.${input}`, null))}
      >
        <Icon name="cross" />
      </button>
    </li>
  );
}
