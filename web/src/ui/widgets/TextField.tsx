import type { FieldProps } from "./field";
import { PromptField } from "./PromptField";

/** A text of one line, unless it has several. */
export function TextField(props: FieldProps) {
  const { label, value, schema, change, done } = props;
  if (typeof value === "string" && value.includes("\n")) return <PromptField {...props} />; // else they would be lost
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
