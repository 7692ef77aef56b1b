import { type ReactFlowState, useStore, useStoreApi } from "@xyflow/react";
import { useEffect } from "react";
import { linkable } from "../../core/linking";
import { useEditorStore } from "../../state/context";
import { useSchemas } from "../../state/schemas";
import { MANY } from "./detail";

const HANDLES = ".react-flow__handle";

/**
 * While a link is drawn, or its first port was tapped, the ports that it can't end at are pale. Attributes on the
 * elements: nothing is drawn anew for it. In a large graph there are too many to ask.
 */
export function usePalePorts(): void {
  const flow = useStoreApi();
  const store = useEditorStore();
  const catalogue = useSchemas();
  const begun = useStore(beginning);
  useEffect(() => {
    const canvas = flow.getState().domNode;
    if (begun === "" || !canvas || flow.getState().nodes.length > MANY) return;
    const [kind, node, name] = JSON.parse(begun) as ["source" | "target", string, string];
    const fits = linkable(store.getState().document, catalogue, { node, name, kind: kind === "source" ? "output" : "input" });
    const pale: Element[] = [];
    for (const handle of canvas.querySelectorAll<HTMLElement>(`${HANDLES}.${kind === "source" ? "target" : "source"}`)) {
      if (fits(handle.dataset["nodeid"] ?? "", handle.dataset["handleid"] ?? "")) continue;
      const element = handle.closest(".row") ?? handle;
      element.setAttribute("data-pale", "");
      pale.push(element);
    }
    return () => pale.forEach((element) => element.removeAttribute("data-pale"));
  }, [begun, flow, store, catalogue]);
}

/** The port at which a link began, as text that is the same while it is drawn; empty if none is. */
function beginning({ connection, connectionClickStartHandle }: ReactFlowState): string {
  const from = connection.inProgress ? connection.fromHandle : connectionClickStartHandle;
  return from ? JSON.stringify([from.type, from.nodeId, from.id ?? ""]) : "";
}
