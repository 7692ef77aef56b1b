import "../styles/reset.css";
import { asText, differs } from "../core/defaults";
import { clearInput, setInput } from "../core/edits";
import { linkOf } from "../core/document";
import { type InputSchema, words } from "../core/schema";
import { useEditor, useEditorStore } from "../state/context";
import { text } from "../text";
import { Icon, type IconName } from "./Icon";

const MOST_SHOWN = 40;

/** Sets an input that isn't at its default back to it; one that may be without a value, to none. */
export function ResetButton({ node, input, schema }: { node: string; input: string; schema: InputSchema }) {
  const store = useEditorStore();
  const given = useEditor((state) => state.document.nodes[node]?.inputs[input]);
  if (linkOf(given) !== null) return null;
  const value = given === undefined ? schema.default : given;
  const name = words(input);
  const canBeNone = schema.nullable && schema.default !== null && value !== null;
  const { edit } = store.getState();
  return (
    <>
      {canBeNone ? (
        <Small sign="empty" label={text.widget.unset_(name)} act={() => edit(text.actions.set(name), (document) => setInput(document, node, input, null))} />
      ) : null}
      {differs(given, schema) ? (
        <Small
          sign="reset"
          label={schema.default === null ? text.widget.unset_(name) : text.widget.reset(name, asText(schema.default).slice(0, MOST_SHOWN))}
          act={() => edit(text.actions.set(name), (document) => clearInput(document, node, input))}
        />
      ) : null}
    </>
  );
}

function Small({ sign, label, act }: { sign: IconName; label: string; act(): void }) {
  return (
    <button type="button" className="nodrag bare reset" aria-label={label} title={label} onClick={act}>
      <Icon name={sign} />
    </button>
  );
}
