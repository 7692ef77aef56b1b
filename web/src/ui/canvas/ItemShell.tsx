import { NodeResizer } from "@xyflow/react";
import type { ReactNode } from "react";
import { changeItems, type Item } from "../../core/items";
import { useEditorStore } from "../../state/context";
import { text } from "../../text";
import { tint } from "./tint";

interface Props {
  id: string;
  item: Item;
  look: "frame" | "note";
  label: string;
  selected: boolean;
  /** How small it may be made. */
  least: { readonly minWidth: number; readonly minHeight: number };
  onDoubleClick?(): void;
  children: ReactNode;
}

/** What groups and notes have in common: a colour, and a size that is dragged. */
export function ItemShell({ id, item, look, label, selected, least, onDoubleClick, children }: Props) {
  const store = useEditorStore();
  const resized = (_event: unknown, { x, y, width, height }: { x: number; y: number; width: number; height: number }) =>
    store.getState().edit(text.actions.resize, (document) =>
      changeItems(document, [id], { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }),
    );
  return (
    <section className={`${look} ${selected ? "selected" : ""}`} aria-label={label} onDoubleClick={onDoubleClick} {...tint(item.colour)}>
      {selected ? <NodeResizer {...least} onResizeEnd={resized} /> : null}
      {children}
    </section>
  );
}
