import { lazy, Suspense, useState } from "react";
import { useAutosave } from "../state/autosave";
import { saveAs } from "../state/commands/documents";
import { useEditor } from "../state/context";
import { usePage } from "../state/page";
import { text } from "../text";
import { Popup } from "./Popup";

const Conflict = lazy(() => import("./documents/Conflict").then(({ Conflict: default_ }) => ({ default: default_ })));

/** What still fits an address, so that the server can tell what is wrong with it. */
const MOST_TYPED = 500;

/** Saves under a name; where somebody else saved that meanwhile, shows both and lets people choose. */
export function SaveDialog() {
  const dialog = usePage((state) => state.dialog);
  const show = usePage((state) => state.show);
  const open = dialog === "save" || dialog === "conflict";
  return (
    <Popup title={dialog === "conflict" ? text.files.conflictTitle : text.toolbar.save} open={open} close={() => show(null)} wide={dialog === "conflict"}>
      {open ? <Saving conflicting={dialog === "conflict"} close={() => show(null)} /> : null}
    </Popup>
  );
}

/** `conflicting`: the server refused to save under the name that it has. */
function Saving({ conflicting, close }: { conflicting: boolean; close(): void }) {
  const title = useEditor((state) => state.whole.name);
  const savedAs = useEditor((state) => state.savedAs);
  const { on, toggle } = useAutosave();
  const [name, setName] = useState(savedAs?.name ?? title);
  const [taken, setTaken] = useState(conflicting);
  if (taken) {
    return (
      <Suspense fallback={<p className="hint">{text.loading}</p>}>
        <Conflict name={name} another={savedAs?.name !== name} close={close} />
      </Suspense>
    );
  }
  return (
    <form
      className="popup-form"
      onSubmit={async (event) => {
        event.preventDefault();
        const saved = await saveAs(name);
        if (saved === "saved") close();
        else if (saved === "taken") setTaken(true);
      }}
    >
      <label>
        {text.files.saveAs}
        <input type="text" autoFocus required maxLength={MOST_TYPED} value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="check">
        <input type="checkbox" checked={on} onChange={toggle} />
        {text.saving.byItself}
      </label>
      <button type="submit" className="primary">
        {text.toolbar.save}
      </button>
    </form>
  );
}
