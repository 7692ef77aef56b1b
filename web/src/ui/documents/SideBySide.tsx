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

const NEAR = 3;

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
                if (!added && !removed) return <span key={index}>{shortened(value, index > 0, index < parts.length - 1)}</span>;
                return side === 0 ? <del key={index}>{value}</del> : <ins key={index}>{value}</ins>;
              })}
            </pre>
          </figure>
        ))}
      </div>
    </details>
  );
}

/** Lines that are the same on both sides: those near a difference, and how many others there are. */
function shortened(lines: string, after: boolean, before: boolean): string {
  const all = lines.split("\n").slice(0, -1);
  const head = after ? NEAR : 0;
  const tail = before ? NEAR : 0;
  if (all.length <= head + tail + 1) return lines;
  const left = [...all.slice(0, head), text.compare.skipped(all.length - head - tail), ...all.slice(all.length - tail)];
  return `${left.join("\n")}\n`;
}
