import { words } from "../../core/schema";
import { text } from "../../text";
import type { FieldProps } from "./field";

/** One of several names; a value that isn't among them any more is shown all the same. */
export function ChoiceField({ label, value, schema, whole, change }: FieldProps) {
  const values = whole.options ?? schema.enum ?? [];
  const options = values.map(String);
  const chosen = value === null || value === undefined ? "" : String(value);
  const known = options.includes(chosen);
  return (
    <select
      className="field nodrag"
      aria-label={label}
      aria-invalid={chosen !== "" && !known}
      value={chosen}
      onChange={(event) => change(values[options.indexOf(event.target.value)] ?? event.target.value)}
    >
      {chosen === "" ? (
        <option value="" disabled>
          {options.length > 0 ? text.widget.choose : text.widget.noChoices}
        </option>
      ) : null}
      {chosen !== "" && !known ? <option value={chosen}>{text.widget.missing(chosen)}</option> : null}
      {options.map((option) => (
        <option key={option} value={option}>
          {option.includes(".") ? option : words(option)}
        </option>
      ))}
    </select>
  );
}
