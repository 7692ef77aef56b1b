import { curveOf, inFull } from "../../core/runs/values";
import { copyText } from "../../state/commands/copying";
import { useShownValue } from "../../state/shownValue";
import { text } from "../../text";
import { Popup } from "../Popup";
import { OutputCurve } from "./OutputCurve";

/** Shows a value as a whole, to read and to copy. */
export function ValueDoor() {
  const { shown, show } = useShownValue();
  if (shown === null) return null;
  const whole = inFull(shown.value);
  const curve = curveOf(shown.value);
  return (
    <Popup title={shown.title} open close={() => show(null)}>
      {curve ? <OutputCurve title={shown.title} curve={curve} /> : null}
      <pre className="value-whole" tabIndex={0}>
        {whole}
      </pre>
      {shown.cut === null ? null : <p className="hint">{text.node.valueCut(shown.cut)}</p>}
      <button type="button" className="value-copy" onClick={() => void copyText(whole)}>
        {text.node.copyValue}
      </button>
    </Popup>
  );
}
