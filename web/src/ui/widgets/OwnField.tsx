import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Props, Value } from "../../../plugin-widgets";
import { plain as numbers } from "../../core/json";
import { copied } from "../../core/ownWidgets";
import { forgive } from "../../state/frozen";
import { OwnWidget } from "../../state/ownWidgets";
import { text } from "../../text";
import type { FieldProps } from "./field";

interface OwnProps extends FieldProps {
  readonly plugin: string;
  readonly widget: string;
  /** The field that any editor has for such a value, for when the plugin's fails. */
  readonly plain: ReactNode;
}

/** An input that the plugin of its node draws. */
export function OwnField({ plain, ...props }: OwnProps) {
  const { plugin, widget } = props;
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef<OwnWidget | null>(null);
  const latest = useRef(props);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  latest.current = props;

  useEffect(() => {
    if (place.current === null) return;
    const element = document.createElement("div");
    place.current.append(element);
    const own = new OwnWidget(plugin, widget, setFailure);
    shown.current = own;
    void own.mount(element, () => told(latest));
    return () => {
      own.unmount();
      element.remove();
      shown.current = null;
    };
  }, [plugin, widget, attempt]);
  useEffect(() => shown.current?.update(told(latest)), [props.value, props.node, props.schema]);

  if (failure === null) return <div ref={place} className="field own nodrag nowheel nopan" />;
  return (
    <>
      {plain}
      <p className="problem" role="alert">
        {text.drawing.own.failed(widget, plugin, failure)}{" "}
        <button
          type="button"
          className="nodrag"
          onClick={() => {
            forgive(`${plugin}/${widget}`);
            setFailure(null);
            setAttempt(attempt + 1);
          }}
        >
          {text.drawing.own.again}
        </button>
      </p>
    </>
  );
}

/** What the widget is told: copies, so that nothing it does to them reaches the workflow but through `change`. */
function told(latest: { readonly current: Omit<OwnProps, "plain"> }): Props {
  const { value, label, node, input, schema } = latest.current;
  return {
    value: value === undefined ? undefined : (numbers(copied(value)) as Value),
    label,
    node,
    input,
    schema: structuredClone(schema) as Props["schema"],
    change: (next, { more = false } = {}) => latest.current.change(copied(next), more),
    done: () => latest.current.done(),
  };
}
