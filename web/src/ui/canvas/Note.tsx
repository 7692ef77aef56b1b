import { type NodeProps, NodeResizer } from "@xyflow/react";
import { memo } from "react";
import { changeItems, itemOf } from "../../core/items";
import { useEditor, useEditorStore } from "../../state/context";
import { useNaming } from "../../state/naming";
import { text } from "../../text";
import { tint } from "./tint";

/** A note: plain text of several lines. Enter or a double click writes it, Escape is done. */
export const Note = memo(function Note({ id, selected }: NodeProps) {
  const item = useEditor((state) => itemOf(state.document, id));
  const writing = useNaming((state) => state.writing === id);
  const store = useEditorStore();
  if (item === null) return null;
  const resized = (_event: unknown, { x, y, width, height }: { x: number; y: number; width: number; height: number }) =>
    store.getState().edit(text.actions.resize, (document) =>
      changeItems(document, [id], { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }),
    );
  const change = (written: string) =>
    store.getState().edit(text.actions.note, (document) => changeItems(document, [id], { text: written }), `note ${id}`);
  const written = item.text ?? "";
  return (
    <section
      className={`note ${selected ? "selected" : ""}`}
      aria-label={text.canvas.noteSays(written)}
      onDoubleClick={() => useNaming.getState().write(id)}
      {...tint(item.colour)}
    >
      {selected ? <NodeResizer minWidth={80} minHeight={40} onResizeEnd={resized} /> : null}
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
    </section>
  );
});
