import { useState } from "react";
import { type Preset, rising, scheduled } from "../../core/sigmas";
import { text } from "../../text";

const words = text.drawing.curve;
const NAMES = Object.entries(words.names) as [Preset, string][];
const MOST_STEPS = 1000;

/** Sets all levels by a schedule, between the ends that they have now. */
export function CurvePresets({ levels, set }: { levels: readonly number[]; set(levels: number[]): void }) {
  const [steps, setSteps] = useState<number | null>(null);
  const falling = rising(levels) ? levels.toReversed() : levels;
  const above = falling.filter((level) => level > 0);
  const shownSteps = steps ?? above.length;
  const apply = (preset: Preset) => {
    const [high, low] = [above[0] ?? 1, above.at(-1) ?? 1];
    set(scheduled(preset, shownSteps, high, Math.min(low, high / 1.01)));
    setSteps(null);
  };
  return (
    <>
      <input
        type="number"
        className="nodrag nowheel curve-steps"
        aria-label={words.steps}
        title={words.steps}
        min={1}
        max={MOST_STEPS}
        value={shownSteps}
        onChange={(event) => setSteps(Math.min(MOST_STEPS, Math.max(1, Math.round(Number(event.target.value)) || 1)))}
      />
      <select className="nodrag" aria-label={words.preset} value="" onChange={(event) => apply(event.target.value as Preset)}>
        <option value="" disabled>
          {words.choose}
        </option>
        {NAMES.map(([preset, name]) => (
          <option key={preset} value={preset}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}
