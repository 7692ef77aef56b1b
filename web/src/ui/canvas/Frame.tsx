import type { NodeProps } from "@xyflow/react";
import { memo, useRef } from "react";
import { changeItems, itemOf } from "../../core/items";
import { useEditor, useEditorStore } from "../../state/context";
import { useNaming } from "../../state/naming";
import { text } from "../../text";
import { ItemShell } from "./ItemShell";

/** A group: a frame with a title, by which it is dragged with all that lies in it. */
export const Frame = memo(function Frame({ id, selected }: NodeProps) {
  const item = useEditor((state) => itemOf(state.document, id));
  const writing = useNaming((state) => state.writing === id);
  if (item === null) return null;
  const title = item.title ?? text.canvas.group;
  return (
    <ItemShell id={id} item={item} look="frame" label={text.canvas.groupCalled(title)} selected={selected} least={{ minWidth: 120, minHeight: 80 }}>
      <header className="frame-title" onDoubleClick={() => useNaming.getState().write(id)}>
        {writing ? <Title id={id} title={item.title ?? ""} /> : title}
      </header>
    </ItemShell>
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
