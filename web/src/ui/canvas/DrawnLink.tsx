import type { ConnectionLineComponentProps } from "@xyflow/react";
import { portColour } from "../../core/colours";
import { curvesThrough, pathOf } from "../../core/curves";
import { inputSchema } from "../../core/schema";
import { schemaAt } from "../../core/subgraphs/border";
import { colourType } from "../../core/types";
import { useEditor } from "../../state/context";
import { useSchemas } from "../../state/schemas";

/** A link while it is drawn: as it would be, and broken where it is refused. */
export function DrawnLink({ fromHandle, fromX, fromY, toX, toY, connectionStatus }: ConnectionLineComponentProps) {
  const catalogue = useSchemas();
  const document = useEditor((state) => state.document);
  const schema = schemaAt(catalogue, document, fromHandle.nodeId);
  const name = fromHandle.id ?? "";
  const isOutput = fromHandle.type === "source";
  const port = isOutput ? schema?.outputs.find((each) => each.name === name) : schema && inputSchema(schema, name);
  const ends = [{ x: fromX, y: fromY }, { x: toX, y: toY }] as const;
  const [start, end] = isOutput ? ends : ([ends[1], ends[0]] as const);
  return (
    <path
      className={`react-flow__connection-path ${connectionStatus === "invalid" ? "refused" : ""}`}
      d={pathOf(curvesThrough(start, [], end))}
      style={{ stroke: portColour(colourType(port?.types ?? [])) }}
    />
  );
}
