import type { ReactFlowInstance } from "@xyflow/react";
import type { Size } from "../core/arrange";

/** How large the cards are, as far as they were drawn. */
export function sizesOf(flow: Pick<ReactFlowInstance, "getNodes">): Map<string, Size> {
  const sizes = new Map<string, Size>();
  for (const { id, measured } of flow.getNodes()) {
    if (measured?.width && measured.height) sizes.set(id, { width: measured.width, height: measured.height });
  }
  return sizes;
}
