import { useEffect, useRef } from "react";
import { text } from "../../text";

/** Asks before something is lost. */
export function LeaveQuestion({ stay, go }: { stay(): void; go(): void }) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <div className="paint-question" role="alertdialog" aria-label={text.drawing.painter.lose}>
      <p>{text.drawing.painter.lose}</p>
      <button ref={first} type="button" onClick={stay}>
        {text.drawing.painter.stay}
      </button>
      <button type="button" onClick={go}>
        {text.drawing.painter.go}
      </button>
    </div>
  );
}
