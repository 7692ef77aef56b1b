import { readItem, shownItem } from "../../core/rows";
import { text } from "../../text";
import type { FieldProps } from "./field";
import { RowInput } from "./RowInput";

/** Any JSON value; a text needs no quotes. Empty is none. */
export function JsonField({ node, input, label, exact, schema, change }: FieldProps) {
  return (
    <div className="field">
      <RowInput
        of={{ node, input }}
        label={label}
        placeholder={text.widget.unset}
        shown={exact === null || exact === undefined ? "" : shownItem(exact, schema)}
        take={(typed) => {
          const read = typed.trim() === "" ? { value: null } : readItem(typed, schema);
          if ("wrong" in read) return read.wrong;
          change(read.value);
          return null;
        }}
      />
    </div>
  );
}
