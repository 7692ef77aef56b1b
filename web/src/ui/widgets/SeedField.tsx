import { setInput } from "../../core/edits";
import { type SeedHabit, seedHabit, setSeedHabit } from "../../core/seeds";
import { picturesIn } from "../../core/runs/view";
import { useEditor, useEditorStore, useRunView } from "../../state/context";
import { text } from "../../text";
import { Icon, type IconName } from "../Icon";
import { NumberField } from "./NumberField";
import type { FieldProps } from "./field";

const HABITS: readonly [SeedHabit, IconName, string][] = [
  ["fixed", "equals", text.widget.seedFixed],
  ["random", "dice", text.widget.seedRandom],
  ["next", "plus", text.widget.seedNext],
];

/** Which inputs the seed that pictures tell is that of; others, as those of variations, only go into it. */
const OF_PICTURES = "seed";

/** A seed, and what becomes of it from run to run: it stays, is drawn anew, or counts up. */
export function SeedField(props: FieldProps) {
  const { node, input, label, value } = props;
  const store = useEditorStore();
  const habit = useEditor((state) => seedHabit(state.document, node, input));
  const index = HABITS.findIndex(([name]) => name === habit);
  const [, sign, meaning] = HABITS[index] as (typeof HABITS)[number];
  const [next] = HABITS[(index + 1) % HABITS.length] as (typeof HABITS)[number];
  const last = useLastSeed();
  return (
    <div className="field seed">
      <NumberField {...props} />
      {input === OF_PICTURES && last !== null && last !== value ? (
        <button
          type="button"
          className="nodrag"
          aria-label={text.widget.lastSeed(String(last))}
          title={text.widget.lastSeed(String(last))}
          onClick={() =>
            store.getState().edit(text.actions.set(input), (document) => setSeedHabit(setInput(document, node, input, last), node, input, "fixed"))
          }
        >
          <Icon name="undo" />
        </button>
      ) : null}
      <button
        type="button"
        className="nodrag"
        aria-label={`${label}: ${meaning}`}
        title={meaning}
        onClick={() => store.getState().edit(text.actions.set(input), (document) => setSeedHabit(document, node, input, next))}
      >
        <Icon name={sign} />
      </button>
    </div>
  );
}

/** The seed of the first picture of the run that this tab shows. */
function useLastSeed(): number | bigint | null {
  const view = useRunView();
  return (view ? picturesIn(view) : []).find(({ seed }) => seed !== null)?.seed ?? null;
}
