import { applyNodeChanges, type NodeChange, type NodePositionChange } from "@xyflow/react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Point } from "../../core/boxes";
import { placeOf } from "../../core/document";
import { moveNodes } from "../../core/edits";
import { kindOf, membersOf } from "../../core/items";
import { useSchemas } from "../../state/schemas";
import { nameOfMove } from "../../state/commands/moving";
import { useEditor, useEditorStore } from "../../state/context";
import { sizes } from "../../state/view";
import { type DrawnNode, drawnNodes, withoutExpected } from "./drawn";

/** What lies on the canvas, as it is dragged and selected; the document has it once the drag ends. */
export function useMoving() {
  const store = useEditorStore();
  const document = useEditor((state) => state.document);
  const selection = useEditor((state) => state.selection);
  const inside = useEditor((state) => state.inside.length > 0);
  const catalogue = useSchemas();
  const [nodes, setNodes] = useState<DrawnNode[]>([]);
  /** By the group that is dragged: what lies in it, and isn't dragged by itself. */
  const carried = useRef<ReadonlyMap<string, readonly string[]>>(new Map());

  useEffect(
    () => setNodes((before) => drawnNodes(before, document, selection, inside, catalogue)),
    [document, selection, inside, catalogue],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<DrawnNode>[]) => {
      setNodes((before) => withoutExpected(applyNodeChanges([...changes, ...carriedBy(changes, before, carried.current)], before), changes));
      const chosen = changes.filter((change) => change.type === "select");
      if (chosen.length === 0) return;
      const { selection: now, links, select } = store.getState();
      const on = new Set(now);
      for (const { id, selected } of chosen) selected ? on.add(id) : on.delete(id);
      select([...on], links);
    },
    [store],
  );

  const onDragStart = useCallback(
    (dragged: readonly DrawnNode[]) => {
      const taken = new Set(dragged.map(({ id }) => id));
      const groups = dragged.filter(({ id }) => kindOf(id) === "group");
      const known = groups.length > 0 ? sizes() : new Map();
      const members = new Map<string, string[]>();
      for (const { id } of groups) {
        const own = membersOf(store.getState().document, id, known).filter((key) => !taken.has(key));
        for (const key of own) taken.add(key);
        members.set(id, own);
      }
      carried.current = members;
    },
    [store],
  );

  const onDragStop = useCallback(
    (dragged: readonly DrawnNode[]) => {
      const { document: before, edit } = store.getState();
      const positions: Record<string, Point> = {};
      for (const { id, position } of dragged) {
        positions[id] = position;
        const from = placeOf(before, id);
        for (const member of carried.current.get(id) ?? []) {
          const place = placeOf(before, member);
          if (from && place) positions[member] = { x: place.x + position.x - from.x, y: place.y + position.y - from.y };
        }
      }
      carried.current = new Map();
      edit(nameOfMove(dragged.map(({ id }) => id)), (now) => moveNodes(now, positions));
    },
    [store],
  );

  return { nodes, onNodesChange, onDragStart, onDragStop };
}

/** The moves of what lies in the groups that move. */
function carriedBy(
  changes: readonly NodeChange<DrawnNode>[],
  nodes: readonly DrawnNode[],
  carried: ReadonlyMap<string, readonly string[]>,
): NodePositionChange[] {
  if (carried.size === 0) return [];
  const moves = changes.filter((change) => change.type === "position" && carried.has(change.id)) as NodePositionChange[];
  if (moves.length === 0) return [];
  const places = new Map(nodes.map(({ id, position }) => [id, position]));
  return moves.flatMap(({ id, position }) => {
    const from = places.get(id);
    if (!position || !from) return [];
    return (carried.get(id) ?? []).flatMap((member) => {
      const place = places.get(member);
      const to = place && { x: place.x + position.x - from.x, y: place.y + position.y - from.y };
      return to ? [{ id: member, type: "position" as const, position: to }] : [];
    });
  });
}
