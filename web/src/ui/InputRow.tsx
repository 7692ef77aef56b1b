import { Handle, Position } from "@xyflow/react";
import { portColour } from "../core/colours";
import { linkOf } from "../core/document";
import { type Problem, REFUSED } from "../core/problems";
import { type InputSchema, words } from "../core/schema";
import { colourType, shownType } from "../core/types";
import { useEditor } from "../state/context";
import { text } from "../text";
import type { Row } from "../core/inputRows";
import { PinButton } from "./PinButton";
import { ProblemText } from "./ProblemText";
import { ResetButton } from "./ResetButton";
import { Widget } from "./widgets/Widget";

interface Props {
  node: string;
  row: Row;
  problem?: Problem | undefined;
  /** Only the port. */
  bare?: boolean;
}

/** An input of a card: its port, its name, and its widget where nothing is linked to it. */
export function InputRow({ node, row, problem, bare = false }: Props) {
  const value = useEditor((state) => state.document.nodes[node]?.inputs[row.key]);
  const link = linkOf(value);
  const { schema } = row;
  const type = shownType(schema?.type ?? "Any");
  const missing = schema !== null && schema.required && !row.open && link === null && schema.literal === null;
  const port = (
    <Handle
      type="target"
      position={Position.Left}
      id={row.key}
      className={`port ${missing ? "missing" : ""} ${schema?.types.some((name) => name.startsWith("list[")) ? "list" : ""}`}
      style={{ ["--port" as string]: portColour(colourType(schema?.types ?? [])) }}
      title={`${row.label}: ${type}`}
    />
  );
  if (bare) return port;
  const hasWidget = schema?.literal != null && link === null && !row.open;
  const isWanted = problem?.kind === "missing_input" && !hasWidget && link === null;
  return (
    <div className={`row input ${problem ? "faulty" : ""}`} title={schema?.tooltip || undefined}>
      {port}
      <div className="row-line">
        <span className="row-name">{words(row.label)}</span>
        {link ? <span className="row-link">{text.widget.linked}</span> : null}
        {schema && !hasWidget && !link ? (
          <span className={`row-type ${isWanted ? "problem" : ""}`} title={isWanted ? problem.message : undefined}>
            {isWanted ? text.widget.wanted(type) : type}
          </span>
        ) : null}
        {hasWidget && schema ? <ResetButton node={node} input={row.key} schema={schema} /> : null}
        {hasWidget ? <PinButton node={node} input={row.key} /> : null}
      </div>
      {hasWidget && schema ? <Widget node={node} input={row.key} schema={schema} /> : null}
      {problem && !isWanted && !(hasWidget && saidByField(problem, schema)) ? <ProblemText problem={problem} /> : null}
    </div>
  );
}

const SAID_BY_PROMPTS: readonly string[] = ["prompt_syntax", "missing_embedding", "damaged_embedding"];

/** What the field itself says, and better, since it knows what to do about it. */
function saidByField({ kind }: Problem, schema: InputSchema | null): boolean {
  return kind === REFUSED || SAID_BY_PROMPTS.includes(kind) || (kind === "not_a_choice" && schema?.choices != null);
}
