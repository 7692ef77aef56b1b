import { words } from "../../core/schema";
import { text } from "../../text";
import { Combobox } from "./Combobox";
import type { FieldProps } from "./field";

/** Of more than this many one searches. */
const FEW = 8;

/** One of several values that the schema lists; one that isn't among them any more is shown all the same. */
export function ChoiceField({ label, value, schema, change }: FieldProps) {
  const values = schema.enum ?? [];
  const names = values.map(String);
  const chosen = value === null || value === undefined ? "" : String(value);
  const known = names.includes(chosen);
  const choose = (name: string) => change(values[names.indexOf(name)] ?? name);
  if (names.length > FEW) {
    const options = names.map((name) => ({ value: name, label: words(name) }));
    const shown = chosen === "" ? text.widget.choose : known ? words(chosen) : text.widget.missing(chosen);
    return <Combobox label={label} value={chosen} shown={shown} options={options} invalid={chosen !== "" && !known} choose={choose} />;
  }
  return (
    <select className="field nodrag" aria-label={label} aria-invalid={chosen !== "" && !known} value={chosen} onChange={(event) => choose(event.target.value)}>
      {chosen === "" ? (
        <option value="" disabled>
          {text.widget.choose}
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
