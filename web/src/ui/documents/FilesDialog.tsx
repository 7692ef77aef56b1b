import { lazy, Suspense } from "react";
import { usePage } from "../../state/page";
import { text } from "../../text";
import { Popup } from "../Popup";

const Files = lazy(() => import("./Files").then((module) => ({ default: module.Files })));

/** Opens a workflow: a template, a saved one, one that a closed window left, or a file of this computer. */
export function FilesDialog() {
  const open = usePage((state) => state.dialog === "files");
  const show = usePage((state) => state.show);
  return (
    <Popup title={text.files.open} open={open} close={() => show(null)} wide>
      {open ? (
        <Suspense fallback={<p className="hint">{text.loading}</p>}>
          <Files close={() => show(null)} />
        </Suspense>
      ) : null}
    </Popup>
  );
}
