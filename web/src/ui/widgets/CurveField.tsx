import { useState } from "react";
import { readLevels, rounded, typedLevels, withLess, withLevel, withMore, wrongLevels } from "../../core/sigmas";
import { text } from "../../text";
import { CurveDrawing } from "./CurveDrawing";
import { CurvePresets } from "./CurvePresets";
import type { FieldProps } from "./field";
import { useRefusal } from "./useRefusal";
import "../../styles/curve.css";

const words = text.drawing.curve;
const EMPTY = [1, 0];

/** Noise levels: a curve with points to drag, schedules to begin with, and the numbers themselves. */
export default function CurveField({ node, input, label, value, change, done }: FieldProps) {
  const read = readLevels(value);
  const levels = read ?? EMPTY;
  const [logarithmic, setLogarithmic] = useState(true);
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);

  useRefusal({ node, input }, wrong);
  const set = (next: number[], more = false) => {
    setWrong(null);
    setTyped(null);
    change(next, more);
  };
  const commit = () => {
    if (typed === null) return;
    const given = typedLevels(typed);
    if ("wrong" in given) setWrong(given.wrong);
    else set(given.levels.map(rounded));
    done();
  };
  const told = wrong ?? (read ? wrongLevels(read) : words.few);
  return (
    <div className="field curve">
      <CurveDrawing
        label={label}
        levels={levels}
        logarithmic={logarithmic}
        move={(index, level) => set(withLevel(levels, index, level), true)}
        add={(after) => set(withMore(levels, after))}
        remove={(index) => set(withLess(levels, index))}
        done={done}
      />
      <div className="curve-line">
        <label>
          <input type="checkbox" className="nodrag" checked={logarithmic} onChange={(event) => setLogarithmic(event.target.checked)} /> {words.log}
        </label>
        <CurvePresets levels={levels} set={set} />
      </div>
      <textarea
        className="nodrag nowheel"
        aria-label={label}
        aria-invalid={told !== null}
        rows={2}
        spellCheck={false}
        value={typed ?? (read ? read.map(rounded).join(", ") : String(value ?? ""))}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          commit();
        }}
      />
      {told ? (
        <span className="problem" role="alert">
          {told}
        </span>
      ) : null}
    </div>
  );
}
