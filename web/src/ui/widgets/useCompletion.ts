import { type KeyboardEvent, useEffect, useId, useMemo, useState } from "react";
import { type Completion, completionAt } from "../../core/embeddings";

interface Completing {
  /** What is offered; null while there is nothing. */
  readonly found: Completion | null;
  /** Which of the names is chosen; -1 for none, where what is typed may be a word like others. */
  readonly active: number;
  readonly listId: string;
  /** Something was typed, up to here. */
  typed(at: number): void;
  /** The cursor is here, or is no cursor but a selection. */
  moved(start: number, end: number): void;
  take(name: string): void;
  close(): void;
  /** Whether the key was meant for the list. */
  key(event: KeyboardEvent): boolean;
}

/** Offers the embeddings that what was just typed could become; moving the cursor away or Escape ends it. */
export function useCompletion(prompt: string, names: readonly string[], put: (found: Completion, name: string) => void): Completing {
  const [at, setAt] = useState<number | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const listId = useId();
  const found = useMemo(() => (at === null ? null : completionAt(prompt, at, names)), [prompt, at, names]);
  const active = chosen ?? (found?.sure ? 0 : -1);
  const close = () => setAt(null);
  const take = (name: string) => {
    if (found) put(found, name);
    close();
  };
  const isOpen = found !== null;
  useEffect(() => {
    if (!isOpen) return;
    const over = (event: Event) => {
      if (!document.getElementById(listId)?.contains(event.target as Node)) close(); // the canvas moves away below it
    };
    window.addEventListener("wheel", over, { passive: true });
    return () => window.removeEventListener("wheel", over);
  }, [isOpen, listId]);
  return {
    found,
    active,
    listId,
    typed(next) {
      setAt(next);
      setChosen(null);
    },
    moved(start, end) {
      if (start !== at || end !== at) close();
    },
    take,
    close,
    key(event) {
      if (!found || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
      const count = found.names.length;
      const name = found.names[active];
      if (event.key === "ArrowDown") setChosen((active + 1) % count);
      else if (event.key === "ArrowUp") setChosen(active <= 0 ? count - 1 : active - 1);
      else if (event.key === "Escape") close();
      else if ((event.key === "Enter" || event.key === "Tab") && name !== undefined) take(name);
      else return false;
      return true;
    },
  };
}
