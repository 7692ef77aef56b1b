import { useMemo } from "react";
import { clearInput, setInput } from "../../core/edits";
import { asTaken } from "../../core/exact";
import { type Json, plain } from "../../core/json";
import type { InputSchema, LiteralSchema } from "../../core/schema";
import { hintOf, words } from "../../core/schema";
import { useCatalogue } from "../../state/catalogue";
import { useEditor, useEditorStore } from "../../state/context";
import { text } from "../../text";
import { ChoiceField } from "./ChoiceField";
import { OwnField } from "./OwnField";
import { JsonField } from "./JsonField";
import { NumberField } from "./NumberField";
import { PictureField } from "./PictureField";
import { SeedField } from "./SeedField";
import { TextField } from "./TextField";
import { ToggleField } from "./ToggleField";

/** What every field takes: the value as it is, and how to change it. */
export interface FieldProps {
  readonly label: string;
  readonly value: Json | undefined;
  readonly schema: LiteralSchema;
  /** `more`: further changes of the same gesture follow, all of them one step of undo. */
  change(value: Json, more?: boolean): void;
  done(): void;
}

/** The field for an input's literal, chosen by its schema. */
export function Widget({ node, input, schema }: { node: string; input: string; schema: InputSchema }) {
  const store = useEditorStore();
  const given = useEditor((state) => state.document.nodes[node]?.inputs[input]);
  const literal = alone(schema.literal ?? {});
  const value = useMemo(() => (given === undefined ? schema.default : plain(given)), [given, schema]);
  const props: FieldProps = {
    label: text.node.inputOf(words(input), words(node)),
    value,
    schema: literal,
    change(next, more = false) {
      store
        .getState()
        .edit(
          text.actions.set(words(input)),
          (document) =>
            next === null && !schema.required ? clearInput(document, node, input) : setInput(document, node, input, asTaken(next, schema.literal)),
          more ? `${node}.${input}` : undefined,
        );
    },
    done: () => store.getState().endGesture(),
  };
  const field = <PlainField {...props} node={node} input={input} schemaOf={schema} exactly={given ?? schema.default} />;
  const own = useOwnWidget(node, schema);
  return own ? <OwnField {...props} {...own} node={node} input={input} plain={field} /> : field;
}

/** The plugin and its widget that draws an input of its node; null where the editor does. */
function useOwnWidget(node: string, schema: InputSchema): { plugin: string; widget: string } | null {
  const type = useEditor((state) => state.document.nodes[node]?.type ?? "");
  const plugin = useCatalogue((state) => state.nodes.get(type)?.plugin ?? "");
  const widget = hintOf(schema.literal) ?? "";
  const draws = useCatalogue((state) => state.widgets.get(plugin)?.includes(widget) ?? false);
  return draws ? { plugin, widget } : null;
}

interface PlainProps extends FieldProps {
  readonly node: string;
  readonly input: string;
  readonly schemaOf: InputSchema;
  readonly exactly: Json;
}

function PlainField({ node, input, schemaOf: schema, exactly, ...props }: PlainProps) {
  const literal = props.schema;
  if (schema.seed) return <SeedField {...props} node={node} input={input} />;
  if (schema.options) return <ChoiceField {...props} options={schema.options} />;
  const choices = literal.enum?.filter((each): each is string => typeof each === "string");
  if (choices && choices.length > 0) return <ChoiceField {...props} options={choices} />;
  if (literal.type === "boolean") return <ToggleField {...props} />;
  if (literal.type === "number" || literal.type === "integer") return <NumberField {...props} />;
  if (literal.type === "string") {
    return input === "image" ? <PictureField {...props} /> : <TextField {...props} />;
  }
  return <JsonField {...props} value={exactly} />; // no type of its own: 4.0 isn't 4
}

/** The schema without null, where it is one of two alternatives, and with a constant as a list of one choice. */
function alone(schema: LiteralSchema): LiteralSchema {
  const others = schema.anyOf?.filter((each) => each.type !== "null") ?? [];
  if (others.length === 1) return { ...others[0] };
  const numbers = others.length === 2 && others.every(({ type }) => type === "integer" || type === "number");
  if (numbers) return { ...others.find(({ type }) => type === "number") };
  return schema.const === undefined ? schema : { ...schema, enum: [schema.const] };
}
