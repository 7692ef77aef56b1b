import { type NodeProps, NodeResizer } from "@xyflow/react";
import { memo, useRef } from "react";
import { changeItems, itemOf } from "../../core/items";
import { useEditor, useEditorStore } from "../../state/context";
import { useNaming } from "../../state/naming";
import { text } from "../../text";
import { tint } from "./tint";

/** A group: a frame with a title, by which it is dragged with all that lies in it. */
export const Frame = memo(function Frame({ id, selected }: NodeProps) {
  const item = useEditor((state) => itemOf(state.document, id));
  const writing = useNaming((state) => state.writing === id);
  const store = useEditorStore();
  if (item === null) return null;
  const resized = (_event: unknown, { x, y, width, height }: { x: number; y: number; width: number; height: number }) =>
    store.getState().edit(text.actions.resize, (document) =>
      changeItems(document, [id], { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }),
    );
  const title = item.title ?? text.canvas.group;
  return (
    <section className={`frame ${selected ? "selected" : ""}`} aria-label={text.canvas.groupCalled(title)} {...tint(item.colour)}>
      {selected ? <NodeResizer minWidth={120} minHeight={80} onResizeEnd={resized} /> : null}
      <header className="frame-title" onDoubleClick={() => useNaming.getState().write(id)}>
        {writing ? <Title id={id} title={item.title ?? ""} /> : title}
      </header>
    </section>
  );
});

function Title({ id, title }: { id: string; title: string }) {
  const store = useEditorStore();
  const kept = useRef(true);
  const done = (value: string) => {
    useNaming.getState().write(null);
    if (!kept.current || value.trim() === title) return;
    store.getState().edit(text.actions.title, (document) => changeItems(document, [id], { title: value.trim() || undefined }));
  };
  return (
    <input
      type="text"
      className="nodrag nopan"
      autoFocus
      aria-label={text.canvas.title}
      defaultValue={title}
      onFocus={(event) => event.target.select()}
      onBlur={(event) => done(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== "Escape") return;
        kept.current = event.key === "Enter";
        event.preventDefault();
        event.currentTarget.blur();
      }}
    />
  );
}
