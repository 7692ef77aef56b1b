import { type Connection, type Edge, type EdgeChange, type FinalConnectionState, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { refusal } from "../../core/linking";
import { linkPorts } from "../../core/subgraphs/border";
import { useEditor, useEditorStore } from "../../state/context";
import { usePage } from "../../state/page";
import { useSchemas } from "../../state/schemas";
import { text } from "../../text";
import { edgesOf, type LinkEdge } from "./edges";

/** The links: drawn, selected, made, and refused with the reason. */
export function useLinks(screenToFlowPosition: (point: { x: number; y: number }) => { x: number; y: number }) {
  const store = useEditorStore();
  const flow = useStoreApi();
  const document = useEditor((state) => state.document);
  const links = useEditor((state) => state.links);
  const inside = useEditor((state) => state.inside.length > 0);
  const catalogue = useSchemas();
  const openPalette = usePage((state) => state.openPalette);
  const [edges, setEdges] = useState<LinkEdge[]>([]);
  const refused = useRef<string | null>(null);

  useEffect(() => setEdges((before) => edgesOf(document, catalogue, links, before, inside)), [document, catalogue, links, inside]);

  const onEdgesChange = useCallback(
    (changes: EdgeChange<LinkEdge>[]) => {
      const boxing = flow.getState().userSelectionActive; // a box selects what lies in it, and no links
      const chosen = changes.filter((change) => change.type === "select").filter(({ selected }) => !selected || !boxing);
      if (chosen.length === 0) return;
      const { selection, links: now, select } = store.getState();
      const on = new Set(now);
      for (const { id, selected } of chosen) {
        const link = id.slice(id.indexOf(">") + 1);
        if (selected) on.add(link);
        else on.delete(link);
      }
      select(selection, [...on]);
    },
    [store, flow],
  );

  const isValidConnection = useCallback(
    (connection: Connection | Edge) => {
      refused.current = refusal(store.getState().document, catalogue, connection as Connection);
      return refused.current === null;
    },
    [store, catalogue],
  );

  const onConnect = useCallback(
    ({ source, sourceHandle, target, targetHandle }: Connection) => {
      if (!sourceHandle || !targetHandle) return;
      store.getState().edit(text.actions.connect, (before) => linkPorts(before, catalogue, { source, sourceHandle, target, targetHandle }));
    },
    [store, catalogue],
  );

  /** A link that was drawn ended: on a port that refuses it, with the reason; on nothing, with what would fit there. */
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const reason = refused.current;
      refused.current = null;
      if (state.isValid) return;
      if (state.toHandle) {
        if (reason !== null) usePage.getState().notify(reason);
        return;
      }
      const { fromHandle } = state;
      const point = "changedTouches" in event ? event.changedTouches[0] : event;
      if (!fromHandle?.id || !point) return;
      openPalette({
        at: screenToFlowPosition({ x: point.clientX, y: point.clientY }),
        port: { node: fromHandle.nodeId, name: fromHandle.id, kind: fromHandle.type === "source" ? "output" : "input" },
      });
    },
    [openPalette, screenToFlowPosition],
  );

  /** Two ports were tapped, one after the other. */
  const onClickConnectEnd = useCallback((_event: unknown, state: FinalConnectionState) => {
    const reason = refused.current;
    refused.current = null;
    if (!state.isValid && reason !== null) usePage.getState().notify(reason);
  }, []);

  return { edges, onEdgesChange, isValidConnection, onConnect, onConnectEnd, onClickConnectEnd };
}
