import { useState } from "react";
import { text } from "../../text";
import type { FieldProps } from "./field";
import "../../styles/colour.css";

const COLOUR = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i;

/** A colour: chosen in the browser's own way, or typed. */
export function ColourField({ label, value, change, done }: FieldProps) {
  const colour = typeof value === "string" ? value : "";
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const commit = () => {
    if (typed === null) return;
    const read = readColour(typed);
    setWrong(read === null);
    if (read !== null && read !== colour) change(read);
    setTyped(null);
    done();
  };
  return (
    <div className="field colour">
      <input
        type="color"
        className="nodrag"
        aria-label={text.drawing.colour.choose(label)}
        value={readColour(colour) ?? "#000000"}
        onChange={(event) => {
          setWrong(false);
          change(event.target.value, true);
        }}
        onBlur={done}
      />
      <input
        type="text"
        className="nodrag"
        aria-label={label}
        aria-invalid={wrong}
        maxLength={7}
        spellCheck={false}
        value={typed ?? colour}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && commit()}
      />
      {wrong ? (
        <span className="problem" role="alert">
          {text.drawing.colour.wrong}
        </span>
      ) : null}
    </div>
  );
}

/** `#rrggbb` of what was typed, short forms too; null for no colour. */
function readColour(typed: string): string | null {
  const digits = COLOUR.exec(typed.trim())?.[1]?.toLowerCase();
  if (digits === undefined) return null;
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits}`;
}
