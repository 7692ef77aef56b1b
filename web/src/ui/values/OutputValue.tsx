import "../../styles/values.css";
import type { Json } from "../../core/json";
import { words } from "../../core/schema";
import { inShort } from "../../core/runs/values";
import { useShownValue } from "../../state/shownValue";
import { text } from "../../text";

interface Props {
  node: string;
  output: string;
  value: Json;
  cut: number | null;
}

/** What an output gave in the last run, in a line; a click shows it as a whole. */
export function OutputValue({ node, output, value, cut }: Props) {
  const title = text.node.valueOf(words(output), words(node));
  const short = inShort(value);
  return (
    <button type="button" className="bare nodrag output-value" aria-label={`${title}: ${short}`} title={text.node.valueHint} onClick={() => useShownValue.getState().show({ title, value, cut })}>
      {short === "" ? text.running.gallery.empty : short}
    </button>
  );
}
