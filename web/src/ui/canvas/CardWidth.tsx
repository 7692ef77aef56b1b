import { NodeResizeControl } from "@xyflow/react";
import { restyle } from "../../core/edits";
import { useEditorStore } from "../../state/context";
import { text } from "../../text";

/** The edge by which a selected card is made wider or narrower. */
export function CardWidth({ node }: { node: string }) {
  const store = useEditorStore();
  return (
    <NodeResizeControl
      className="card-width"
      position="right"
      resizeDirection="horizontal"
      minWidth={180}
      maxWidth={900}
      onResizeEnd={(_event, { width }) =>
        store.getState().edit(text.actions.resize, (document) => restyle(document, [node], { width: Math.round(width) }))
      }
    />
  );
}
