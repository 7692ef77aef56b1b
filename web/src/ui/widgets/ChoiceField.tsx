import { words } from "../../core/schema";
import { text } from "../../text";
import { Combobox } from "./Combobox";
import type { FieldProps } from "./field";

/** Of more than this many one searches. */
const FEW = 8;

/** One of several values that the schema lists; one that isn't among them any more is shown all the same. */
export function ChoiceField({ label, value, schema, whole, change }: FieldProps) {
  const values = schema.enum ?? [];
  const names = values.map(String);
  const chosen = value === null || value === undefined ? "" : String(value);
  const known = names.includes(chosen);
  const none = whole.nullable ? text.widget.unset : text.widget.choose;
  const choose = (name: string) => change(name === "" ? null : (values[names.indexOf(name)] ?? name));
  if (names.length > FEW) {
    const unset = whole.nullable ? [{ value: "", label: text.widget.unset }] : [];
    const options = [...unset, ...names.map((name) => ({ value: name, label: words(name) }))];
    const shown = chosen === "" ? none : known ? words(chosen) : text.widget.missing(chosen);
    return <Combobox label={label} value={chosen} shown={shown} options={options} invalid={chosen !== "" && !known} choose={choose} />;
  }
  return (
    <select className="field nodrag" aria-label={label} aria-invalid={chosen !== "" && !known} value={chosen} onChange={(event) => choose(event.target.value)}>
      {chosen === "" || whole.nullable ? (
        <option value="" disabled={!whole.nullable}>
          {none}
        </option>
      ) : null}
      {chosen !== "" && !known ? <option value={chosen}>{text.widget.missing(chosen)}</option> : null}
      {names.map((name) => (
        <option key={name} value={name}>
          {words(name)}
        </option>
      ))}
    </select>
  );
}
