import { lazy, Suspense, useEffect } from "react";
import { report } from "../../state/commands/report";
import { useGallery } from "../../state/gallery";

const Viewer = lazy(() => import("./Viewer"));

/** Loads the viewer when there is a picture to look at. */
export function ViewerDoor() {
  const viewed = useGallery((state) => state.viewed);
  const isOpen = viewed !== null;
  useEffect(() => {
    const { loaded, load } = useGallery.getState();
    if (isOpen && !loaded) load().catch(report);
  }, [isOpen]);
  if (viewed === null) return null;
  return (
    <Suspense fallback={null}>
      <Viewer picture={viewed} />
    </Suspense>
  );
}
