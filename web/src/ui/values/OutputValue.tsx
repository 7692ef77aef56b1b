import "../../styles/values.css";
import type { Json } from "../../core/json";
import { words } from "../../core/schema";
import { plotOf } from "../../core/plot";
import { curveOf, inShort } from "../../core/runs/values";
import { axisFor } from "../../core/sigmas";
import { useShownValue } from "../../state/shownValue";
import { text } from "../../text";

const SPARK = { width: 48, height: 12, margin: 1 };

interface Props {
  node: string;
  output: string;
  value: Json;
  cut: number | null;
}

/** What an output gave in the last run, in a line as high as that of its name: no card grows. A click shows it as a whole. */
export function OutputValue({ node, output, value, cut }: Props) {
  const title = text.node.valueOf(words(output), words(node));
  const short = inShort(value);
  const levels = curveOf(value)?.levels;
  return (
    <button type="button" className="bare nodrag output-value" aria-label={`${title}: ${short}`} title={text.node.valueHint} onClick={() => useShownValue.getState().show({ title, value, cut })}>
      {levels ? (
        <svg className="spark" viewBox={`0 0 ${SPARK.width} ${SPARK.height}`} aria-hidden>
          <path d={plotOf(levels, axisFor(levels, false), SPARK).path} />
        </svg>
      ) : null}
      {short === "" ? text.running.gallery.empty : short}
    </button>
  );
}
