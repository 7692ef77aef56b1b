import { lazy, Suspense } from "react";
import { useEditor, useTab } from "../../state/context";
import { usePage } from "../../state/page";
import { useStart } from "../../state/start";
import { isUntouched } from "../../state/tabs";

const StartView = lazy(() => import("./StartView").then((module) => ({ default: module.StartView })));

/** What there is to begin with, on a canvas on which nothing was begun. */
export function Start() {
  const { id } = useTab();
  const untouched = useEditor(isUntouched);
  const away = useStart((state) => !state.shown || state.empty.has(id));
  const adding = usePage((state) => state.palette !== null);
  if (!untouched || away || adding) return null;
  return (
    <Suspense fallback={null}>
      <StartView />
    </Suspense>
  );
}
