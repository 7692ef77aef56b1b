import { type SeedHabit, seedHabit, setSeedHabit } from "../../core/seeds";
import { useEditor, useEditorStore } from "../../state/context";
import { text } from "../../text";
import { Icon, type IconName } from "../Icon";
import { NumberField } from "./NumberField";
import type { FieldProps } from "./field";

const HABITS: readonly [SeedHabit, IconName, string][] = [
  ["fixed", "equals", text.widget.seedFixed],
  ["random", "dice", text.widget.seedRandom],
  ["next", "plus", text.widget.seedNext],
];

/** A seed, and what becomes of it from run to run: it stays, is drawn anew, or counts up. */
export function SeedField(props: FieldProps) {
  const { node, input, label } = props;
  const store = useEditorStore();
  const habit = useEditor((state) => seedHabit(state.document, node, input));
  const index = HABITS.findIndex(([name]) => name === habit);
  const [, sign, meaning] = HABITS[index] as (typeof HABITS)[number];
  const [next] = HABITS[(index + 1) % HABITS.length] as (typeof HABITS)[number];
  return (
    <div className="field seed">
      <NumberField {...props} />
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
