import { useState } from "react";
import { placeOf } from "../core/document";
import { renameNode, restyle } from "../core/edits";
import { whyNotCalled } from "../core/naming";
import { useEditor, useEditorStore } from "../state/context";
import { usePage } from "../state/page";
import { text } from "../text";
import { Popup } from "./Popup";
import { NameField, PopupForm } from "./PopupForm";

/** Gives the selected node another name, which links and parameters follow, and a title. */
export function RenameDialog() {
  const open = usePage((state) => state.dialog === "rename");
  const show = usePage((state) => state.show);
  const node = useEditor((state) => state.selection.find((name) => name in state.document.nodes));
  return (
    <Popup title={text.canvas.naming} open={open && node !== undefined} close={() => show(null)}>
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
  const rename = () => {
    store.getState().edit(name === node ? text.actions.title : text.actions.rename, (document) => {
      const titled = title.trim() === before ? document : restyle(document, [node], { title: title.trim() || undefined });
      return renameNode(titled, node, name);
    });
    store.getState().select([name]);
  };
  return (
    <PopupForm wrong={wrong} act={rename} done={done}>
      <label>
        {text.canvas.title}
        <input type="text" value={title} placeholder={text.canvas.titleHint} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <NameField label={text.canvas.name} name={name} wrong={wrong} change={setName} />
    </PopupForm>
  );
}
