import { useStore } from "@xyflow/react";
import { text } from "../../text";

/** A port was tapped: says what comes next. */
export function TapHint() {
  const waits = useStore((state) => state.connectionClickStartHandle !== null);
  return (
    <p className="tap-hint" role="status">
      {waits ? text.canvas.tapped : null}
    </p>
  );
}
