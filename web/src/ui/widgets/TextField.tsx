import { type KeyboardEvent, useEffect, useRef } from "react";
import { weighted } from "../../core/prompt";
import type { FieldProps } from "./Widget";

/** A text: one line, or a prompt of several, in which Ctrl+↑ and Ctrl+↓ change the weight of what is selected. */
export function TextField({ label, value, schema, change, done }: FieldProps) {
  const shown = typeof value === "string" ? value : "";
  const area = useRef<HTMLTextAreaElement>(null);
  const selection = useRef<[number, number] | null>(null);
  useEffect(() => {
    if (selection.current) area.current?.setSelectionRange(...selection.current);
    selection.current = null;
  }, [value]);
  if (schema.widget !== "multiline") {
    return (
      <input
        type="text"
        className="field nodrag"
        aria-label={label}
        value={shown}
        maxLength={schema.maxLength}
        onChange={(event) => change(event.target.value, true)}
        onBlur={done}
      />
    );
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const up = event.key === "ArrowUp";
    if (!(event.ctrlKey || event.metaKey) || !(up || event.key === "ArrowDown")) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    const changed = weighted(shown, selectionStart, selectionEnd, up ? 0.05 : -0.05);
    selection.current = [changed.start, changed.end];
    change(changed.text, true);
  };
  return (
    <textarea
      ref={area}
      className="field nodrag nowheel"
      aria-label={label}
      rows={Math.min(8, Math.max(2, Math.ceil(shown.length / 34)))}
      spellCheck={false}
      value={shown}
      onChange={(event) => change(event.target.value, true)}
      onBlur={done}
      onKeyDown={onKeyDown}
    />
  );
}
