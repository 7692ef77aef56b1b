import { ViewportPortal } from "@xyflow/react";
import { memo, useId } from "react";
import { GRID } from "../../state/view";

const GAP = GRID * 3;
/** So far they reach from the middle of the graph. */
const REACH = 5_000 * GAP;

/** The dots of the ground. They lie in the graph, so that moving or scaling the view draws nothing anew. */
export const Dots = memo(function Dots() {
  const id = useId();
  return (
    <ViewportPortal>
      <svg className="dots" style={{ top: -REACH, left: -REACH, width: 2 * REACH, height: 2 * REACH }} aria-hidden>
        <pattern id={id} width={GAP} height={GAP} patternUnits="userSpaceOnUse">
          <circle cx={GAP / 2} cy={GAP / 2} r={0.5} />
        </pattern>
        <rect width="100%" height="100%" fill={`url(#${id})`} />
      </svg>
    </ViewportPortal>
  );
});
