import { type ReactFlowState, useStore, useStoreApi } from "@xyflow/react";
import { refusal } from "../../core/linking";
import { useEditorStore } from "../../state/context";
import { useSchemas } from "../../state/schemas";
import { text } from "../../text";
import { usePalePorts } from "./usePalePorts";

/** While a link is drawn: why it can't end at the port below the mouse, and which ports it can't end at. */
export function LinkRefusal() {
  const flow = useStoreApi();
  const store = useEditorStore();
  const catalogue = useSchemas();
  const over = useStore(refusedAt);
  usePalePorts();
  const { connection } = flow.getState();
  if (over === "" || !connection.inProgress || !connection.toHandle) return <p className="link-refusal" role="status" />;
  const { fromHandle, toHandle, to } = connection;
  const [source, target] = fromHandle.type === "source" ? [fromHandle, toHandle] : [toHandle, fromHandle];
  const attempt = { source: source.nodeId, sourceHandle: source.id ?? null, target: target.nodeId, targetHandle: target.id ?? null };
  const sameKind = fromHandle.type === "source" ? text.link.taken : text.link.given;
  const reason = fromHandle.type === toHandle.type ? sameKind : refusal(store.getState().document, catalogue, attempt);
  return (
    <p className="link-refusal" role="status" style={{ left: to.x, top: to.y }}>
      {reason}
    </p>
  );
}

/** The port that refuses the link, as one text; empty if none does. */
function refusedAt({ connection }: ReactFlowState): string {
  if (!connection.inProgress || connection.isValid !== false || !connection.toHandle) return "";
  const [from, to] = [connection.fromHandle, connection.toHandle].map(({ nodeId, id, type }) => `${type} ${nodeId}.${id}`);
  return from === to || to === undefined ? "" : to;
}
