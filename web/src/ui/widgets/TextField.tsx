import type { FieldProps } from "./field";

/** A text of one line. */
export function TextField({ label, value, schema, change, done }: FieldProps) {
  return (
    <input
      type="text"
      className="field nodrag"
      aria-label={label}
      value={typeof value === "string" ? value : ""}
      maxLength={schema.maxLength}
      onChange={(event) => change(event.target.value, true)}
      onBlur={done}
    />
  );
}
