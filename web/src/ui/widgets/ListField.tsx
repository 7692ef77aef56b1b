import "../../styles/rows.css";
import { type KeyboardEvent, useRef } from "react";
import { flushSync } from "react-dom";
import type { Json } from "../../core/json";
import { listOf, movedItem, newItem, pastedItems, readItem, shownItem } from "../../core/rows";
import { text } from "../../text";
import type { FieldProps } from "./field";
import { RowButton } from "./RowButton";
import { RowInput } from "./RowInput";

/** A list, an item a row: added, removed, moved, and pasted from lines or commas. */
export function ListField({ node, input, label, exact, schema, change }: FieldProps) {
  const list = listOf(exact);
  const items = list ?? [];
  /** What a key has just changed counts for what it does then. */
  const now = useRef(items);
  now.current = items;
  const item = schema.items ?? {};
  const rows = useRef<HTMLOListElement>(null);
  const insert = (at: number, added: readonly Json[], over = 0) => change([...now.current.slice(0, at), ...added, ...now.current.slice(at + over)]);
  /** Change the list and go to a row at once: what is typed next belongs there. */
  const goTo = (index: number, alter: () => void) => {
    flushSync(alter);
    rows.current?.querySelectorAll<HTMLInputElement>("input")[index]?.focus();
  };
  const add = (at: number) => goTo(at, () => insert(at, [newItem(now.current, item)]));
  const move = (from: number, to: number) => {
    if (to >= 0 && to < now.current.length) goTo(to, () => change(movedItem(now.current, from, to)));
  };
  const paste = (at: number, pasted: string) => {
    const texts = pastedItems(pasted, item);
    const read = texts.map((each) => readItem(each, item));
    if (texts.length < 2 || read.some((each) => "wrong" in each)) return false;
    insert(at, read.map((each) => (each as { value: Json }).value), 1);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(index, index + (event.key === "ArrowUp" ? -1 : 1));
    } else if (event.key === "Enter" && event.shiftKey) {
      add(index + 1);
    }
  };
  return (
    <div className="field rows" role="group" aria-label={label}>
      {list === null ? <p className="hint">{text.rows.unset}</p> : items.length === 0 ? <p className="hint">{text.rows.empty}</p> : null}
      <ol ref={rows}>
        {items.map((value, index) => (
          <li key={index}>
            <RowInput
              of={{ node, input }}
              label={text.rows.item(index + 1, label)}
              shown={shownItem(value, item)}
              take={(typed) => {
                const read = readItem(typed, item);
                if ("wrong" in read) return read.wrong;
                insert(index, [read.value], 1);
                return null;
              }}
              paste={(pasted) => paste(index, pasted)}
              keys={(event) => onKeyDown(event, index)}
            />
            <RowButton sign="up" label={text.rows.up(index + 1, label)} disabled={index === 0} act={() => move(index, index - 1)} />
            <RowButton sign="down" label={text.rows.down(index + 1, label)} disabled={index === items.length - 1} act={() => move(index, index + 1)} />
            <RowButton sign="cross" label={text.rows.remove(index + 1, label)} act={() => insert(index, [], 1)} />
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="nodrag"
        title={text.rows.how}
        aria-label={text.rows.addTo(label)}
        onClick={() => add(items.length)}
      >
        {text.rows.add}
      </button>
    </div>
  );
}
