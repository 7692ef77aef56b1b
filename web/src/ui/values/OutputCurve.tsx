import "../../styles/curve.css";
import { plotOf } from "../../core/plot";
import type { CurveValue } from "../../core/runs/values";
import { axisFor } from "../../core/sigmas";
import { text } from "../../text";

const FRAME = { width: 240, height: 80, margin: 7 };

/** Levels over steps, to look at. */
export function OutputCurve({ title, curve }: { title: string; curve: CurveValue }) {
  const { path } = plotOf(curve.levels, axisFor(curve.levels, false), FRAME);
  const { width, height, margin } = FRAME;
  return (
    <figure className="output-curve">
      <svg className="curve-drawing" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text.node.curve(title, curve.steps)}>
        <path className="curve-axes" d={`M${margin} ${margin}V${height - margin}H${width - margin}`} />
        <path className="curve-path" d={path} />
      </svg>
      <figcaption>{text.node.steps(curve.steps)}</figcaption>
    </figure>
  );
}
