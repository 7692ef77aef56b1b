import { type KeyboardEvent, useEffect, useRef } from "react";
import { weighted } from "../../core/prompt";
import type { FieldProps } from "./field";

/** A prompt of several lines, in which Ctrl+↑ and Ctrl+↓ change the weight of what is selected. */
export function PromptField({ label, value, change, done }: FieldProps) {
  const shown = typeof value === "string" ? value : "";
  const area = useRef<HTMLTextAreaElement>(null);
  const selection = useRef<[number, number] | null>(null);
  useEffect(() => {
    if (selection.current) area.current?.setSelectionRange(...selection.current);
    selection.current = null;
  }, [value]);
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
