import { memo } from "react";
import type { ReadPrompt } from "../../core/promptSyntax";

const COLOURS = 3;

/** The text behind a field whose own text can't be seen: letter under letter, in colours. It also gives the height. */
export const PromptColours = memo(function PromptColours({ text, read }: { text: string; read: ReadPrompt }) {
  return (
    <pre className="prompt-colours" aria-hidden>
      {read.parts.length === 0
        ? text
        : read.parts.map(({ start, end, meaning, depth }) => (
            <span key={start} className={meaning === "bracket" ? `bracket-${depth % COLOURS}` : meaning}>
              {text.slice(start, end)}
            </span>
          ))}
      {"\n"}
    </pre>
  );
});
