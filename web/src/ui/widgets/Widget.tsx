import { Suspense, useMemo } from "react";
import { clearInput, setInput } from "../../core/edits";
import { asTaken } from "../../core/exact";
import { plain } from "../../core/json";
import { alone, hintOf, type InputSchema, words } from "../../core/schema";
import { useCatalogue } from "../../state/catalogue";
import { useEditor, useEditorStore } from "../../state/context";
import { text } from "../../text";
import type { FieldProps } from "./field";
import { fieldFor } from "./fields";
import { OwnField } from "./OwnField";
import { SizeTools } from "./SizeTools";

/** The field for an input's literal, chosen by its schema. */
export function Widget({ node, input, schema }: { node: string; input: string; schema: InputSchema }) {
  const store = useEditorStore();
  const given = useEditor((state) => state.document.nodes[node]?.inputs[input]);
  const exact = given === undefined ? schema.default : given;
  const literal = useMemo(() => alone(schema.literal ?? {}), [schema]);
  const value = useMemo(() => plain(exact), [exact]);
  const Field = fieldFor(schema, literal);
  const own = useOwnWidget(node, schema);
  const props: FieldProps = {
    node,
    input,
    label: text.node.inputOf(words(input), words(node)),
    value,
    exact,
    schema: literal,
    whole: schema,
    change(next, more = false) {
      const unset = next === null && !schema.required && schema.default === null;
      store
        .getState()
        .edit(
          text.actions.set(words(input)),
          (document) => (unset ? clearInput(document, node, input) : setInput(document, node, input, asTaken(next, schema.literal))),
          more ? `${node}.${input}` : undefined,
        );
    },
    done: () => store.getState().endGesture(),
  };
  const field = (
    <Suspense fallback={<div className="field" aria-busy />}>
      <Field {...props} />
      {input === "height" ? <SizeTools node={node} /> : null}
    </Suspense>
  );
  return own ? <OwnField {...props} {...own} plain={field} /> : field;
}

/** The plugin and its widget that draws an input of its node; null where the editor does. */
function useOwnWidget(node: string, schema: InputSchema): { plugin: string; widget: string } | null {
  const type = useEditor((state) => state.document.nodes[node]?.type ?? "");
  const plugin = useCatalogue((state) => state.nodes.get(type)?.plugin ?? "");
  const widget = hintOf(schema.literal) ?? "";
  const draws = useCatalogue((state) => state.widgets.get(plugin)?.includes(widget) ?? false);
  return draws ? { plugin, widget } : null;
}
