import "../../styles/prompt.css";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { completed } from "../../core/embeddings";
import { weighted } from "../../core/prompt";
import { type ReadPrompt, readPrompt } from "../../core/promptSyntax";
import { useCatalogue } from "../../state/catalogue";
import { pressed } from "../../state/commands/command";
import { useEditor, useEditorStore } from "../../state/context";
import { useEmbeddings } from "../../state/embeddings";
import { stepOfInput } from "../../state/fieldUndo";
import { useModels } from "../../state/models";
import { text } from "../../text";
import { CompletionList, optionId } from "./CompletionList";
import type { FieldProps } from "./field";
import { PromptColours } from "./PromptColours";
import { PromptFoot } from "./PromptFoot";
import { showCursor } from "./showCursor";
import { useCompletion } from "./useCompletion";

const STEP = 0.05;
const PAUSE = 1000;
const PLAIN: ReadPrompt = { parts: [], faults: [] };
const NONE: readonly string[] = [];

/**
 * A text of several lines that grows as it is written. Where its node makes conditioning of it, it is a prompt: coloured,
 * counted, embeddings are offered as their names are typed, and Ctrl+↑ and Ctrl+↓ change the weight of what is selected.
 */
export function PromptField({ node, input, label, value, change, done }: FieldProps) {
  const store = useEditorStore();
  const type = useEditor((state) => state.document.nodes[node]?.type ?? "");
  const isPrompt = useCatalogue((state) => state.nodes.get(type)?.outputs.some((output) => output.types.includes("Conditioning")) ?? false);
  const hasSyntax = useEditor((state) => state.document.nodes[node]?.inputs["syntax"] !== false) && isPrompt;
  const [composed, setComposed] = useState<string | null>(null); // what an input method isn't done with yet
  const given = typeof value === "string" ? value : "";
  const shown = composed ?? given;
  const embeddings = useEmbeddings(hasSyntax ? shown : "");
  const read = useMemo(() => (hasSyntax ? readPrompt(shown, embeddings.isOne) : PLAIN), [shown, hasSyntax, embeddings]);
  const isWrong = read.faults.length > 0 || read.parts.some(({ meaning }) => meaning === "unknown");
  const area = useRef<HTMLTextAreaElement>(null);
  const written = useRef(given);
  const selection = useRef<readonly [number, number] | null>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const gesture = useRef<"write" | "weigh" | "complete" | null>(null);
  const foot = useId();
  useEffect(() => () => clearTimeout(pause.current), []);
  useLayoutEffect(() => {
    // After undo the cursor is where something changed, and not at the end.
    if (written.current !== given && area.current === document.activeElement) {
      const at = selection.current ?? changedUpTo(written.current, given);
      area.current?.setSelectionRange(at[0], at[1]);
    }
    written.current = given;
    selection.current = null;
  }, [given]);

  const over = () => {
    clearTimeout(pause.current);
    gesture.current = null;
    done();
  };
  /** Writing, weighing and completing are steps of undo, and what comes after a pause is another. */
  const set = (kind: "write" | "weigh" | "complete", next: string) => {
    if (gesture.current !== kind) over();
    gesture.current = kind;
    change(next, true);
    clearTimeout(pause.current);
    pause.current = setTimeout(over, PAUSE);
  };
  const write = (next: string) => {
    written.current = next;
    set("write", next);
  };
  const completion = useCompletion(shown, hasSyntax && composed === null ? embeddings.names : NONE, (found, name) => {
    const next = completed(shown, found, name);
    selection.current = [next.at, next.at];
    set("complete", next.text);
    over();
  });
  const offered = completion.found;
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (completion.key(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const back = pressed("Mod+Z", event);
    if (back || pressed("Mod+Shift+Z", event) || pressed("Mod+Y", event)) {
      event.preventDefault();
      over();
      stepOfInput(store, node, input, back);
      return;
    }
    const up = pressed("Mod+ArrowUp", event);
    if (!hasSyntax || !(up || pressed("Mod+ArrowDown", event))) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    const changed = weighted(shown, selectionStart, selectionEnd, up ? STEP : -STEP);
    selection.current = [changed.start, changed.end];
    set("weigh", changed.text);
  };
  return (
    <div className="field prompt">
      <div className="prompt-text nodrag nowheel nopan">
        <PromptColours text={shown} read={read} />
        <textarea
          ref={area}
          aria-label={label}
          aria-invalid={isWrong}
          aria-describedby={isPrompt ? foot : undefined}
          aria-autocomplete={hasSyntax ? "list" : undefined}
          aria-haspopup={hasSyntax ? "listbox" : undefined}
          aria-controls={offered ? completion.listId : undefined}
          aria-activedescendant={offered && completion.active >= 0 ? optionId(completion.listId, completion.active) : undefined}
          spellCheck={false}
          value={shown}
          onChange={(event) => {
            if (composed !== null) setComposed(event.target.value);
            else {
              write(event.target.value);
              completion.typed(event.target.selectionStart);
            }
          }}
          onCompositionStart={(event) => setComposed(event.currentTarget.value)}
          onCompositionEnd={(event) => {
            setComposed(null);
            write(event.currentTarget.value);
          }}
          onFocus={() => hasSyntax && void useModels.getState().load(true)}
          onBlur={() => {
            completion.close();
            over();
          }}
          onKeyDown={onKeyDown}
          onSelect={(event) => {
            completion.moved(event.currentTarget.selectionStart, event.currentTarget.selectionEnd);
            showCursor(event.currentTarget);
          }}
        />
      </div>
      {hasSyntax ? (
        <span role="status" className="sr-only">
          {offered ? text.prompt.offered(offered.names.length) : null}
        </span>
      ) : null}
      {offered ? (
        <CompletionList
          id={completion.listId}
          area={area}
          found={offered}
          active={completion.active}
          take={completion.take}
          close={completion.close}
        />
      ) : null}
      {isPrompt ? <PromptFoot id={foot} prompt={given} syntax={hasSyntax} faults={read.faults} /> : null}
    </div>
  );
}

/** The end of what differs between two texts, in the second. */
function changedUpTo(before: string, after: string): readonly [number, number] {
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return [after.length - same, after.length - same];
}
