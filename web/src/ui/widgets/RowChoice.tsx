import { words } from "../../core/schema";
import { text } from "../../text";

/** One of a few names, in a row. */
export function RowChoice(props: { label: string; value: string; choices: readonly string[]; choose(name: string): void }) {
  const { label, value, choices, choose } = props;
  const known = choices.includes(value);
  return (
    <select className="row-input nodrag" aria-label={label} aria-invalid={!known} value={value} onChange={(event) => choose(event.target.value)}>
      {known ? null : (
        <option value={value} disabled>
          {value === "" ? text.widget.choose : text.widget.missing(value)}
        </option>
      )}
      {choices.map((name) => (
        <option key={name} value={name}>
          {words(name)}
        </option>
      ))}
    </select>
  );
}
