import "../../styles/rows.css";
import { freeKey, namedOf, newItem, readItem, renamedKey, shownItem } from "../../core/rows";
import { text } from "../../text";
import type { FieldProps } from "./field";
import { RowButton } from "./RowButton";
import { RowChoice } from "./RowChoice";
import { RowInput } from "./RowInput";

/** Values under names of their own, one a row; with `choices` each is one of those. */
export function NamedField({ node, input, label, exact, schema, change, choices }: FieldProps & { choices?: readonly string[] }) {
  const given = namedOf(exact);
  const values = given ?? {};
  const item = schema.additionalProperties ?? {};
  return (
    <div className="field rows" role="group" aria-label={label}>
      {given === null ? <p className="hint">{text.rows.unset}</p> : null}
      <ol>
        {Object.entries(values).map(([name, value]) => (
          <li key={name}>
            <RowInput
              of={{ node, input }}
              label={text.rows.nameOf(name, label)}
              shown={name}
              take={(typed) => {
                const renamed = renamedKey(values, name, typed);
                if (renamed === null) return text.rows.taken(typed);
                change(renamed);
                return null;
              }}
            />
            {choices ? (
              <RowChoice
                label={text.rows.valueOf(name, label)}
                value={typeof value === "string" ? value : ""}
                choices={choices}
                choose={(chosen) => change({ ...values, [name]: chosen })}
              />
            ) : (
              <RowInput
                of={{ node, input }}
                label={text.rows.valueOf(name, label)}
                shown={shownItem(value, item)}
                take={(typed) => {
                  const read = readItem(typed, item);
                  if ("wrong" in read) return read.wrong;
                  change({ ...values, [name]: read.value });
                  return null;
                }}
              />
            )}
            <RowButton
              sign="cross"
              label={text.rows.removeName(name, label)}
              act={() => change(Object.fromEntries(Object.entries(values).filter(([each]) => each !== name)))}
            />
          </li>
        ))}
      </ol>
      <button type="button" className="nodrag" aria-label={text.rows.addTo(label)} onClick={() => change({ ...values, [freeKey(values)]: newItem([], item) })}>
        {text.rows.add}
      </button>
    </div>
  );
}
