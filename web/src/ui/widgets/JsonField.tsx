import { useState } from "react";
import { type NotJson, parseJson, writeJson } from "../../core/json";
import { text } from "../../text";
import type { FieldProps } from "./field";

/** Any JSON value, such as a list of numbers; a text needs no quotes. */
export function JsonField({ label, exact: value, schema, change, done }: FieldProps) {
  const shown = value === null || value === undefined ? "" : typeof value === "string" ? value : writeJson(value);
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const takesText = JSON.stringify(schema).includes('"string"') || Object.keys(schema).length === 0;
  const commit = () => {
    if (typed === null) return;
    try {
      change(typed.trim() === "" ? null : parseJson(typed));
      setWrong(null);
    } catch (error) {
      if (takesText) change(typed);
      setWrong(takesText ? null : (error as NotJson).message);
    }
    setTyped(null);
    done();
  };
  return (
    <div className="field">
      <input
        type="text"
        className="nodrag"
        aria-label={label}
        aria-invalid={wrong !== null}
        placeholder={text.widget.unset}
        value={typed ?? shown}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && commit()}
      />
      {wrong === null ? null : <span className="problem">{wrong}</span>}
    </div>
  );
}
