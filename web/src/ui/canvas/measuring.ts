/** Cards are measured together: React Flow goes through all nodes for each time that it is asked. */
import { type NodeDimensionChange, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import { areWaiting } from "./turns";

const waiting = new WeakMap<object, Set<string>>();

/** Has React Flow look anew where the ports of a card are: before the next frame, or once no card waits to be drawn. */
export function useMeasure(): (name: string) => void {
  const flow = useStoreApi();
  return useCallback(
    (name) => {
      const known = waiting.get(flow);
      if (known) {
        known.add(name);
        return;
      }
      const names = new Set([name]);
      waiting.set(flow, names);
      const look = () => {
        if (areWaiting(flow)) {
          requestAnimationFrame(look);
          return;
        }
        waiting.delete(flow);
        measure(flow, names);
      };
      requestAnimationFrame(look);
    },
    [flow],
  );
}

function measure(flow: ReturnType<typeof useStoreApi>, names: ReadonlySet<string>): void {
  const { domNode, nodeLookup, updateNodeInternals, triggerNodeChanges } = flow.getState();
  const elements = new Map([...(domNode?.querySelectorAll<HTMLDivElement>(".react-flow__node") ?? [])].map((each) => [each.dataset["id"], each]));
  const updates = [...names].flatMap((id) => {
    const nodeElement = elements.get(id);
    return nodeElement ? [[id, { id, nodeElement, force: true }] as const] : [];
  });
  // What was expected of a card counts no longer, even if it is just as large as expected.
  const changes = updates.flatMap(([id]): NodeDimensionChange[] => {
    const node = nodeLookup.get(id);
    const { width, height } = node?.measured ?? {};
    return node?.handles && width && height ? [{ id, type: "dimensions", dimensions: { width, height } }] : [];
  });
  if (changes.length > 0) triggerNodeChanges(changes);
  updateNodeInternals(new Map(updates));
}

/** Has a card measured once it is drawn in full, where it wasn't before: its size alone doesn't tell where its ports are. */
export function useMeasuredInFull(name: string, full: boolean): void {
  const measure = useMeasure();
  const flow = useStoreApi();
  const before = useRef(full);
  useEffect(() => {
    const expected = flow.getState().nodeLookup.get(name)?.handles !== undefined;
    if (full && (expected || !before.current)) measure(name);
    before.current = full;
  }, [full, name, measure, flow]);
}
