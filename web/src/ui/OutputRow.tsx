import { Handle, Position } from "@xyflow/react";
import { portColour } from "../core/colours";
import { type OutputSchema, words } from "../core/schema";
import { colourType, shownType } from "../core/types";
import type { ReactNode } from "react";

/** An output of a card, and what it gave. `bare`: only the port. */
export function OutputRow({ output, bare = false, children }: { output: OutputSchema; bare?: boolean; children?: ReactNode }) {
  const port = (
    <Handle
      type="source"
      position={Position.Right}
      id={output.name}
      className={`port ${output.types.some((name) => name.startsWith("list[")) ? "list" : ""}`}
      style={{ ["--port" as string]: portColour(colourType(output.types)) }}
      title={`${output.name}: ${shownType(output.type)}`}
    />
  );
  if (bare) return port;
  return (
    <div className="row output" title={output.tooltip || shownType(output.type)}>
      {children}
      <span className="row-name">{words(output.name)}</span>
      {port}
    </div>
  );
}
