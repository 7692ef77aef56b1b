import { lazy, Suspense } from "react";
import { useEditor } from "../../state/context";
import { usePage } from "../../state/page";
import { text } from "../../text";
import { Popup } from "../Popup";

const Versions = lazy(() => import("./Versions").then((module) => ({ default: module.Versions })));

/** All versions of the workflow in front. */
export function VersionsDialog() {
  const open = usePage((state) => state.dialog === "versions");
  const show = usePage((state) => state.show);
  const name = useEditor((state) => state.savedAs?.name);
  return (
    <Popup title={text.versions.of(name ?? "")} open={open && name !== undefined} close={() => show(null)} wide>
      {open && name !== undefined ? (
        <Suspense fallback={<p className="hint">{text.loading}</p>}>
          <Versions name={name} close={() => show(null)} />
        </Suspense>
      ) : null}
    </Popup>
  );
}
