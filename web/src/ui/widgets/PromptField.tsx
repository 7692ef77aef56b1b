import "../../styles/prompt.css";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { weighted } from "../../core/prompt";
import { type ReadPrompt, readPrompt } from "../../core/promptSyntax";
import { useCatalogue } from "../../state/catalogue";
import { pressed } from "../../state/commands/command";
import { useEditor, useEditorStore } from "../../state/context";
import { stepOfInput } from "../../state/fieldUndo";
import type { FieldProps } from "./field";
import { PromptColours } from "./PromptColours";
import { PromptFoot } from "./PromptFoot";
import { showCursor } from "./showCursor";

const STEP = 0.05;
const PAUSE = 1000;
const PLAIN: ReadPrompt = { parts: [], faults: [] };

/**
 * A text of several lines that grows as it is written. Where its node makes conditioning of it, it is a prompt: coloured,
 * counted, and Ctrl+↑ and Ctrl+↓ change the weight of what is selected.
 */
export function PromptField({ node, input, label, value, change, done }: FieldProps) {
  const store = useEditorStore();
  const type = useEditor((state) => state.document.nodes[node]?.type ?? "");
  const isPrompt = useCatalogue((state) => state.nodes.get(type)?.outputs.some((output) => output.types.includes("Conditioning")) ?? false);
  const hasSyntax = useEditor((state) => state.document.nodes[node]?.inputs["syntax"] !== false) && isPrompt;
  const [composed, setComposed] = useState<string | null>(null); // what an input method isn't done with yet
  const given = typeof value === "string" ? value : "";
  const shown = composed ?? given;
  const read = useMemo(() => (hasSyntax ? readPrompt(shown) : PLAIN), [shown, hasSyntax]);
  const area = useRef<HTMLTextAreaElement>(null);
  const written = useRef(given);
  const selection = useRef<readonly [number, number] | null>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const gesture = useRef<"write" | "weigh" | null>(null);
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
  /** Writing and weighing are steps of undo, and what comes after a pause is another. */
  const set = (kind: "write" | "weigh", next: string) => {
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
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
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
          aria-invalid={read.faults.length > 0}
          aria-describedby={isPrompt ? foot : undefined}
          spellCheck={false}
          value={shown}
          onChange={(event) => (composed === null ? write(event.target.value) : setComposed(event.target.value))}
          onCompositionStart={(event) => setComposed(event.currentTarget.value)}
          onCompositionEnd={(event) => {
            setComposed(null);
            write(event.currentTarget.value);
          }}
          onBlur={over}
          onKeyDown={onKeyDown}
          onSelect={(event) => showCursor(event.currentTarget)}
        />
      </div>
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
