import "../../styles/start.css";
import { lazy, Suspense } from "react";
import { useEditor, useTab } from "../../state/context";
import { usePage } from "../../state/page";
import { useStart } from "../../state/start";
import { isUntouched } from "../../state/tabs";
import { text } from "../../text";

const StartView = lazy(() => import("./StartView").then((module) => ({ default: module.StartView })));

/** What there is to begin with, on a canvas on which nothing was begun; on any other empty one, a line that tells how. */
export function Start() {
  const { id } = useTab();
  const empty = useEditor(({ whole }) => Object.keys({ ...whole.nodes, ...whole.layout }).length === 0);
  const untouched = useEditor(isUntouched);
  const away = useStart((state) => !state.shown || state.empty.has(id));
  const adding = usePage((state) => state.palette !== null);
  if (!empty || adding) return null;
  if (!untouched || away) return <p className="start-hint">{text.start.hint}</p>;
  return (
    <Suspense fallback={null}>
      <StartView />
    </Suspense>
  );
}
