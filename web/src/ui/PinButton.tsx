import { setParameter } from "../core/edits";
import { useEditor, useEditorStore } from "../state/context";
import { text } from "../text";
import { Icon } from "./Icon";

/** Makes an input a named parameter of the workflow, or no parameter any more. */
export function PinButton({ node, input }: { node: string; input: string }) {
  const place = `${node}.${input}`;
  const store = useEditorStore();
  const name = useEditor((state) => parameterAt(state.document.parameters, place));
  const label = name === null ? text.form.pin(input) : text.form.unpin(input);
  const toggle = () =>
    store.getState().edit(text.actions.parameter, (document) => {
      if (name !== null) return setParameter(document, place, null);
      const taken = input in document.parameters;
      return setParameter(document, place, taken ? `${node}_${input}` : input);
    });
  return (
    <button type="button" className={`nodrag bare pin ${name === null ? "" : "on"}`} aria-label={label} title={label} aria-pressed={name !== null} onClick={toggle}>
      <Icon name="pin" />
    </button>
  );
}

function parameterAt(parameters: Readonly<Record<string, string>>, place: string): string | null {
  return Object.keys(parameters).find((name) => parameters[name] === place) ?? null;
}
