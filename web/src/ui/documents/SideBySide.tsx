import { diffLines } from "diff";
import { useMemo } from "react";
import type { WorkflowDocument } from "../../core/document";
import { fileText } from "../../core/written";
import { text } from "../../text";

interface Props {
  /** What each side is called. */
  names: readonly [string, string];
  left: WorkflowDocument;
  right: WorkflowDocument;
}

/** Two workflows as JSON, each beside the other, with the lines marked that only one has. */
export function SideBySide({ names, left, right }: Props) {
  const parts = useMemo(() => diffLines(fileText(left), fileText(right)), [left, right]);
  return (
    <details className="side-by-side">
      <summary>{text.compare.asJson}</summary>
      <div className="sides">
        {names.map((name, side) => (
          <figure key={name}>
            <figcaption>{name}</figcaption>
            <pre tabIndex={0}>
              {parts.map(({ value, added, removed }, index) => {
                if (side === 0 ? added : removed) return null;
                if (!added && !removed) return <span key={index}>{value}</span>;
                return side === 0 ? <del key={index}>{value}</del> : <ins key={index}>{value}</ins>;
              })}
            </pre>
          </figure>
        ))}
      </div>
    </details>
  );
}
