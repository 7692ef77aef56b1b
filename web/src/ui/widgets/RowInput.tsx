import { type ClipboardEvent, type KeyboardEvent, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useRefusal } from "./useRefusal";

interface Props {
  /** Whose row it is. */
  readonly of: { readonly node: string; readonly input: string };
  readonly label: string;
  readonly shown: string;
  readonly placeholder?: string;
  /** Returns what is wrong with what was typed, or null when it was taken. */
  take(typed: string): string | null;
  paste?(pasted: string): boolean;
  keys?(event: KeyboardEvent<HTMLInputElement>): void;
}

/** One text of a row; what can't be taken stays there, to be mended, with the reason. */
export function RowInput({ of, label, shown, placeholder, take, paste, keys }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  useEffect(() => {
    setTyped(null);
    setWrong(null);
  }, [shown]);
  useRefusal(of, wrong);
  const commit = () => {
    if (typed === null) return;
    const reason = typed === shown ? null : take(typed);
    setWrong(reason);
    if (reason === null) setTyped(null);
  };
  return (
    <span className="row-input">
      <input
        type="text"
        className="nodrag"
        aria-label={label}
        aria-invalid={wrong !== null}
        title={wrong ?? undefined}
        value={typed ?? shown}
        placeholder={placeholder}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onPaste={(event: ClipboardEvent) => {
          if (paste?.(event.clipboardData.getData("text/plain"))) event.preventDefault();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" || (event.altKey && event.key.startsWith("Arrow"))) flushSync(commit); // before the row moves
          keys?.(event);
        }}
      />
      {wrong === null ? null : (
        <span className="problem" role="alert">
          {wrong}
        </span>
      )}
    </span>
  );
}
