import { useEffect, useState } from "react";
import { readWorkflow, type SavedWorkflow } from "../api/server";
import { readDocument } from "../core/document";
import { writeJson } from "../core/json";
import { open as openDocument, saveAs } from "../state/commands/documents";
import { report } from "../state/commands/report";
import { useEditor } from "../state/context";
import { usePage } from "../state/page";
import { text } from "../text";
import { Popup } from "./Popup";

/** Saves under a name; where somebody else saved that meanwhile, shows both and lets people choose. */
export function SaveDialog() {
  const dialog = usePage((state) => state.dialog);
  const show = usePage((state) => state.show);
  const open = dialog === "save" || dialog === "conflict";
  return (
    <Popup title={text.toolbar.save} open={open} close={() => show(null)} wide>
      {open ? <Saving conflicting={dialog === "conflict"} close={() => show(null)} /> : null}
    </Popup>
  );
}

/** `conflicting`: the server refused to save under the name that it has. */
function Saving({ conflicting, close }: { conflicting: boolean; close(): void }) {
  const document = useEditor((state) => state.whole);
  const savedAs = useEditor((state) => state.savedAs);
  const [name, setName] = useState(savedAs?.name ?? document.name);
  const [theirs, setTheirs] = useState<SavedWorkflow | null>(null);
  useEffect(() => {
    if (conflicting && savedAs !== null) readWorkflow(savedAs.name).then(setTheirs, report);
  }, [conflicting, savedAs]);

  const store = async (version: number) => {
    if (await saveAs(name, version)) close();
    else readWorkflow(name).then(setTheirs, report);
  };
  if (conflicting && theirs === null) return <p className="hint">{text.loading}</p>;
  if (theirs !== null) {
    return (
      <div className="conflict">
        <p role="alert">{text.files.conflict(name)}</p>
        <div className="sides">
          <pre>{writeJson(document as never, 2)}</pre>
          <pre>{writeJson(readDocument(theirs.document) as never, 2)}</pre>
        </div>
        <div className="popup-foot">
          <button type="button" onClick={() => void store(theirs.version)}>
            {text.files.mine}
          </button>
          <button
            type="button"
            onClick={() => {
              openDocument(theirs.document, { name, version: theirs.version });
              close();
            }}
          >
            {text.files.theirs}
          </button>
        </div>
      </div>
    );
  }
  return (
    <form
      className="popup-form"
      onSubmit={(event) => {
        event.preventDefault();
        void store(savedAs?.name === name ? savedAs.version : 0);
      }}
    >
      <label>
        {text.files.saveAs}
        <input type="text" autoFocus required value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <button type="submit" className="primary">
        {text.toolbar.save}
      </button>
    </form>
  );
}
