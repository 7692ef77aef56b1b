import "../../styles/missing.css";
import { nearNames } from "../../core/names";
import { text } from "../../text";
import { FilePicker } from "./FilePicker";
import type { FieldProps } from "./field";

/** One of what is known only at run time, such as model files; if it isn't there, what to do. */
export function FileField({ label, value, whole, change }: FieldProps) {
  const options = whole.options ?? [];
  const chosen = typeof value === "string" ? value : "";
  const isMissing = chosen !== "" && !options.includes(chosen);
  return (
    <div className="field file">
      <FilePicker
        label={label}
        value={chosen}
        shown={chosen === "" ? (options.length > 0 ? text.widget.choose : text.widget.noChoices) : chosen}
        options={options}
        hint={whole.hint ?? null}
        invalid={isMissing}
        choose={change}
      />
      {isMissing ? (
        <div className="missing">
          <p className="problem">{text.choice.missing(chosen)}</p>
          {nearNames(options, chosen).map((name) => (
            <button key={name} type="button" className="nodrag" onClick={() => change(name)}>
              {text.choice.takeNear(name)}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
