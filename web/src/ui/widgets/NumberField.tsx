import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { checked, clamped, pace, stepOf, stepped } from "../../core/numbers";
import type { LiteralSchema } from "../../core/schema";
import { text } from "../../text";
import type { FieldProps } from "./field";
import { useDragging } from "./useDragging";
import { useRefusal } from "./useRefusal";
import { useWheelSteps } from "./useWheelSteps";

/** A number or a sum: typed, stepped with the arrow keys or the wheel, or dragged sideways; with a slider where it has both ends. */
export function NumberField({ node, input: name, label, value, schema, whole, change, done }: FieldProps) {
  const shown = value === null || value === undefined ? "" : String(value);
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const now = typeof value === "bigint" || typeof value === "number" ? value : Number(whole.default ?? schema.minimum ?? 0);
  const forget = () => {
    setTyped(null);
    setWrong(null);
  };
  useEffect(forget, [value]);
  useRefusal({ node, input: name }, wrong);

  const commit = () => {
    if (typed === null) return;
    const isEmptied = typed.trim() === "" && !whole.required;
    const result = isEmptied ? { value: whole.default } : checked(typed, schema);
    if ("wrong" in result) {
      setWrong(result.wrong); // what was typed stays, to be mended
      return;
    }
    if (result.value !== value) change(result.value);
    forget();
    done();
  };
  const step = (notches: number) => {
    forget();
    const next = stepped(now, notches, schema);
    if (next !== value) change(next, true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") commit();
    else if (event.key === "Escape") {
      flushSync(forget); // before the blur, which would take what was typed
      input.current?.blur();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      step((event.key === "ArrowUp" ? 1 : -1) * pace(event, schema));
    }
  };
  const dragging = useDragging(now, schema, (next) => change(next, true), done);
  useWheelSteps(input, (up, event) => step((up ? 1 : -1) * pace(event, schema)));
  return (
    <div className="field number">
      {hasSlider(schema) ? (
        <input
          type="range"
          className="nodrag"
          aria-label={label}
          min={schema.minimum}
          max={schema.maximum}
          step={stepOf(schema)}
          value={Number(now)}
          onChange={(event) => change(clamped(Number(event.target.value), schema), true)}
          onDoubleClick={() => whole.required || change(whole.default)}
          onPointerUp={done}
          onBlur={done}
        />
      ) : null}
      <input
        ref={input}
        type="text"
        inputMode={schema.type === "integer" && (schema.minimum ?? -1) >= 0 ? "numeric" : "text"}
        className="nodrag"
        aria-label={label}
        aria-invalid={wrong !== null}
        title={text.widget.number}
        value={typed ?? shown}
        placeholder={text.widget.unset}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
        {...dragging}
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
