import { lazy, Suspense } from "react";
import { usePainter } from "../state/painter";

const Painter = lazy(() => import("./painter/Painter"));

/** Loads the mask painter when there is something to paint. */
export function PainterDoor() {
  const painting = usePainter((state) => state.painting);
  if (painting === null) return null;
  return (
    <Suspense fallback={null}>
      <Painter key={painting.number} painting={painting} />
    </Suspense>
  );
}
