import "../../styles/combobox.css";
import * as Popover from "@radix-ui/react-popover";
import { Command } from "cmdk";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { namesLike } from "../../core/names";
import { text } from "../../text";
import { Icon } from "../Icon";
import { useBestOnTop } from "../useBestOnTop";

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Beside the name, smaller. */
  readonly detail?: string | undefined;
  /** Where a small picture of it is. */
  readonly picture?: string | null | undefined;
}

/** Letters of a name that needs a wide list. */
const LONG = 28;

interface Props {
  readonly label: string;
  readonly value: string;
  /** What the closed field shows. */
  readonly shown: string;
  readonly options: readonly Option[];
  readonly invalid?: boolean;
  choose(value: string): void;
  opened?(): void;
  /** Under the list. */
  readonly foot?: ReactNode;
}

/** A choice among many: a field that opens a list to search in, above everything and within the window. */
export function Combobox({ label, value, shown, options, invalid = false, choose, opened, foot }: Props) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const best = useBestOnTop(typed);
  const found = useMemo(() => namesLike(options, typed.replaceAll("_", " "), ({ label: name }) => name.replaceAll("_", " ")), [options, typed]);
  const change = (next: boolean, first = "") => {
    setTyped(first);
    setOpen(next);
    if (next) opened?.();
  };
  const scroll = () => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  const showChosen = () => requestAnimationFrame(() => requestAnimationFrame(scroll)); // once it has its height
  useEffect(() => {
    if (open && typed === "") scroll(); // what was learnt of the options has made them higher
  }, [options]);
  const onKeyDown = (event: KeyboardEvent) => {
    const letter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (open || !(letter || event.key === "ArrowDown" || event.key === "ArrowUp")) return;
    event.preventDefault();
    change(true, letter ? event.key : "");
  };
  return (
    <Popover.Root open={open} onOpenChange={(next) => change(next)}>
      <Popover.Trigger asChild>
        <button
          type="button"
          role="combobox"
          aria-label={label}
          aria-haspopup="listbox"
          aria-expanded={open}
          aria-invalid={invalid}
          className="field combobox nodrag"
          title={shown}
          onKeyDown={onKeyDown}
        >
          <span>{shown}</span>
          <Icon name="down" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          ref={list}
          className={`combobox-list ${options.some((option) => option.label.length > LONG) ? "wide" : ""}`}
          align="start"
          sideOffset={3}
          collisionPadding={8}
          aria-label={label}
          onOpenAutoFocus={showChosen}
        >
          <Command label={label} shouldFilter={false} loop defaultValue={value}>
            <Command.Input value={typed} onValueChange={setTyped} placeholder={text.choice.search} />
            <Command.List ref={best} label={label}>
              <Command.Empty>{options.length === 0 ? text.widget.noChoices : text.choice.none}</Command.Empty>
              {found.map((option) => (
                <Command.Item
                  key={option.value}
                  value={option.value}
                  className={option.value === value ? "chosen" : ""}
                  onSelect={() => {
                    choose(option.value);
                    change(false);
                  }}
                >
                  {option.picture ? <img src={option.picture} alt="" loading="lazy" width={36} height={36} /> : null}
                  <span className="combobox-name">{option.label}</span>
                  {option.detail ? <span className="combobox-detail">{option.detail}</span> : null}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
          {foot ? <div className="combobox-foot">{foot}</div> : null}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
