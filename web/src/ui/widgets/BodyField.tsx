import { useMemo } from "react";
import { words } from "../../core/schema";
import { isObject } from "../../core/json";
import { scopeAt } from "../../core/subgraphs/nesting";
import { enter } from "../../state/commands/entering";
import { makeBody } from "../../state/commands/making";
import { useEditor } from "../../state/context";
import { text } from "../../text";
import { Icon } from "../Icon";
import type { FieldProps } from "./field";
import { NamedField } from "./NamedField";

const NEW = "\u0000new";

/** The subgraph that a node runs as its body: one of the workflow's, or a new one; with a way into it. */
export function BodyField(props: FieldProps) {
  const whole = useEditor((state) => state.whole);
  const inside = useEditor((state) => state.inside);
  const names = useMemo(() => {
    const within = new Set(inside.map(({ subgraph }) => subgraph)); // a body of itself would never end
    return [...scopeAt(whole, inside).keys()].filter((name) => !within.has(name));
  }, [whole, inside]);
  if (props.whole.types.includes("dict[Body]")) return <Several {...props} names={names} />;
  const { node, label, value, whole: input, change } = props;
  const chosen = typeof value === "string" ? value : "";
  return (
    <div className="field body">
      <select
        className="nodrag"
        aria-label={label}
        aria-invalid={chosen !== "" && !names.includes(chosen)}
        value={chosen}
        onChange={(event) => {
          if (event.target.value === NEW) makeBody(node, input);
          else change(event.target.value === "" ? null : event.target.value);
        }}
      >
        <option value="" disabled={input.required}>
          {input.required ? text.widget.choose : text.widget.unset}
        </option>
        {chosen !== "" && !names.includes(chosen) ? <option value={chosen}>{text.subgraphs.unknownBody(chosen)}</option> : null}
        {names.map((name) => (
          <option key={name} value={name}>
            {words(name)}
          </option>
        ))}
        <option value={NEW}>{text.subgraphs.newBody}</option>
      </select>
      {names.includes(chosen) ? <EnterButton node={node} subgraph={chosen} /> : null}
    </div>
  );
}

/** Several by name, each with a way into it. */
function Several(props: FieldProps & { names: readonly string[] }) {
  const { node, value, names } = props;
  const bodies = isObject(value) ? Object.values(value).filter((name): name is string => typeof name === "string") : [];
  return (
    <div className="field body several">
      <NamedField {...props} choices={names} />
      {bodies.filter((name) => names.includes(name)).map((name) => (
        <EnterButton key={name} node={node} subgraph={name} />
      ))}
    </div>
  );
}

/** Enters a subgraph that a node runs. */
export function EnterButton({ node, subgraph }: { node: string; subgraph: string }) {
  const label = text.subgraphs.enter(words(subgraph));
  return (
    <button type="button" className="nodrag bare enter" aria-label={label} title={label} onClick={(event) => {
        event.stopPropagation(); // else the canvas selects the node, which is no longer in front
        enter(node, subgraph);
      }}>
      <Icon name="enter" />
    </button>
  );
}
