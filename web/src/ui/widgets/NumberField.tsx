import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { LiteralSchema } from "../../core/schema";
import { checked, clamped, stepOf } from "../../core/numbers";
import { text } from "../../text";
import type { FieldProps } from "./field";

const PIXELS_PER_STEP = 6;

/** A number: typed, stepped with the arrow keys, or dragged sideways; with a slider where it has both ends. */
export function NumberField({ label, value, schema, change, done }: FieldProps) {
  const shown = value === null || value === undefined ? "" : String(value);
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const drag = useRef<{ x: number; from: number; moved: boolean } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const step = stepOf(schema);
  useEffect(() => setWrong(null), [value]);

  const commit = () => {
    if (typed === null) return;
    const result = checked(typed, schema);
    if ("wrong" in result) setWrong(result.wrong);
    else if (result.value !== value) change(result.value);
    setTyped(null);
    done();
  };
  const stepBy = (count: number, more: boolean) => change(clamped((Number(value) || 0) + count * step, schema), more);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") commit();
    else if (event.key === "Escape") {
      flushSync(() => setTyped(null)); // before the blur, which would take what was typed
      input.current?.blur();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      setTyped(null);
      stepBy((event.key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 10 : 1), true);
    }
  };
  const onPointerDown = (event: PointerEvent<HTMLInputElement>) => {
    if (document.activeElement === input.current || event.button !== 0) return;
    drag.current = { x: event.clientX, from: Number(value) || 0, moved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const start = drag.current;
    if (!start) return;
    const steps = Math.trunc((event.clientX - start.x) / PIXELS_PER_STEP);
    if (steps === 0 && !start.moved) return;
    start.moved = true;
    change(clamped(start.from + steps * step, schema), true);
  };
  const onPointerUp = () => {
    if (drag.current?.moved) {
      input.current?.blur();
      done();
    }
    drag.current = null;
  };

  return (
    <div className="field number">
      {hasSlider(schema) ? (
        <input
          type="range"
          className="nodrag"
          aria-label={label}
          min={schema.minimum}
          max={schema.maximum}
          step={step}
          value={Number(value) || 0}
          onChange={(event) => change(clamped(Number(event.target.value), schema), true)}
          onPointerUp={done}
          onBlur={done}
        />
      ) : null}
      <input
        ref={input}
        type="text"
        inputMode="decimal"
        className="nodrag nowheel"
        aria-label={label}
        aria-invalid={wrong !== null}
        value={typed ?? shown}
        placeholder={text.widget.unset}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
      />
      {wrong === null ? null : (
        <span className="problem" role="alert">
          {wrong}
        </span>
      )}
    </div>
  );
}

function hasSlider(schema: LiteralSchema): boolean {
  return schema.widget === "slider" && schema.minimum !== undefined && schema.maximum !== undefined;
}
