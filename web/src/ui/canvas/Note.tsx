import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { changeItems, itemOf } from "../../core/items";
import { useEditor, useEditorStore } from "../../state/context";
import { useNaming } from "../../state/naming";
import { text } from "../../text";
import { ItemShell } from "./ItemShell";

/** A note: plain text of several lines. Enter or a double click writes it, Escape is done. */
export const Note = memo(function Note({ id, selected }: NodeProps) {
  const item = useEditor((state) => itemOf(state.document, id));
  const writing = useNaming((state) => state.writing === id);
  const store = useEditorStore();
  if (item === null) return null;
  const change = (written: string) =>
    store.getState().edit(text.actions.note, (document) => changeItems(document, [id], { text: written }), `note ${id}`);
  const written = item.text ?? "";
  return (
    <ItemShell
      id={id}
      item={item}
      look="note"
      label={text.canvas.noteSays(written)}
      selected={selected}
      least={{ minWidth: 80, minHeight: 40 }}
      onDoubleClick={() => useNaming.getState().write(id)}
    >
      {writing ? (
        <textarea
          className="nodrag nopan nowheel"
          autoFocus
          aria-label={text.canvas.note}
          value={written}
          placeholder={text.canvas.noteHint}
          onChange={(event) => change(event.target.value)}
          onFocus={(event) => event.target.setSelectionRange(written.length, written.length)}
          onBlur={() => {
            store.getState().endGesture();
            useNaming.getState().write(null);
          }}
        />
      ) : (
        <p className={`${selected ? "nowheel" : ""} ${written === "" ? "hint" : ""}`}>{written === "" ? text.canvas.noteHint : written}</p>
      )}
    </ItemShell>
  );
});
