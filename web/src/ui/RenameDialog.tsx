import { type FormEvent, useState } from "react";
import { placeOf } from "../core/document";
import { renameNode, restyle } from "../core/edits";
import { whyNotCalled } from "../core/naming";
import { useEditor, useEditorStore } from "../state/context";
import { usePage } from "../state/page";
import { text } from "../text";
import { Popup } from "./Popup";

/** Gives the selected node another name, which links and parameters follow, and a title. */
export function RenameDialog() {
  const open = usePage((state) => state.dialog === "rename");
  const show = usePage((state) => state.show);
  const node = useEditor((state) => state.selection.find((name) => name in state.document.nodes));
  return (
    <Popup title={text.canvas.titles.rename} open={open && node !== undefined} close={() => show(null)}>
      {open && node !== undefined ? <Fields node={node} done={() => show(null)} /> : null}
    </Popup>
  );
}

function Fields({ node, done }: { node: string; done(): void }) {
  const store = useEditorStore();
  const before = useEditor((state) => placeOf(state.document, node)?.title ?? "");
  const [title, setTitle] = useState(before);
  const [name, setName] = useState(node);
  const wrong = useEditor((state) => whyNotCalled(state.document, node, name));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wrong !== null) return;
    store.getState().edit(name === node ? text.actions.title : text.actions.rename, (document) => {
      const titled = title.trim() === before ? document : restyle(document, [node], { title: title.trim() || undefined });
      return renameNode(titled, node, name);
    });
    store.getState().select([name]);
    done();
  };
  return (
    <form className="popup-form" onSubmit={submit}>
      <label>
        {text.canvas.title}
        <input type="text" value={title} placeholder={text.canvas.titleHint} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <label>
        {text.canvas.name}
        <input
          type="text"
          value={name}
          aria-invalid={wrong !== null}
          aria-describedby="why-not-called"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <p id="why-not-called" className="problem" role="alert">
        {wrong}
      </p>
      <div className="popup-foot">
        <button type="submit" className="primary" disabled={wrong !== null}>
          {text.dialog.ok}
        </button>
        <button type="button" onClick={done}>
          {text.dialog.cancel}
        </button>
      </div>
    </form>
  );
}
