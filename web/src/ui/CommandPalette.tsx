import { Command as Palette } from "cmdk";
import { useState } from "react";
import { begunWith, namesLike } from "../core/names";
import { COMMANDS } from "../state/commands/all";
import { type Command, isUsable, type Section, shownKeys } from "../state/commands/command";
import { usePage } from "../state/page";
import { text } from "../text";
import { Popup } from "./Popup";
import { useBestOnTop } from "./useBestOnTop";

const SECTIONS = Object.keys(text.commands.sections) as Section[];

/** Finds a command by what it is called, and does it. */
export function CommandPalette() {
  const open = usePage((state) => state.dialog === "commands");
  const show = usePage((state) => state.show);
  return (
    <Popup title={text.commands.title} open={open} close={() => show(null)}>
      {open ? <Choices close={() => show(null)} /> : null}
    </Popup>
  );
}

function Choices({ close }: { close(): void }) {
  const [typed, setTyped] = useState("");
  const list = useBestOnTop(typed);
  const usable = COMMANDS.filter((command) => !command.hidden && isUsable(command));
  const entry = (command: Command) => (
    <Palette.Item
      key={command.id}
      value={command.id}
      onSelect={() => {
        close();
        void command.act();
      }}
    >
      <span>
        <span className="palette-name">{command.title}</span>
        {command.isOn?.() ? <span className="palette-category"> {text.commands.on}</span> : null}
      </span>
      {command.keys?.[0] ? <kbd>{shownKeys(command.keys[0])}</kbd> : null}
    </Palette.Item>
  );
  return (
    <Palette className="palette" label={text.commands.search} shouldFilter={false} loop>
      <Palette.Input value={typed} onValueChange={setTyped} placeholder={text.commands.search} aria-label={text.commands.search} />
      <Palette.List ref={list} aria-label={text.commands.title}>
        <Palette.Empty>{text.commands.none}</Palette.Empty>
        {typed.trim() === ""
          ? SECTIONS.map((section) => (
              <Palette.Group key={section} heading={text.commands.sections[section]}>
                {usable.filter((command) => command.section === section).map(entry)}
              </Palette.Group>
            ))
          : found(usable, typed).map(entry)}
      </Palette.List>
    </Palette>
  );
}

/** First those whose titles have the words, then those that other words are for, then those with the letters in their order. */
function found(commands: readonly Command[], typed: string): Command[] {
  const like = namesLike(commands, typed, ({ title }) => title);
  const titled = like.filter(({ title }) => begunWith(title.split(/\W+/), typed));
  const other = commands.filter(({ title, also = "" }) => begunWith(`${title} ${also}`.split(/\W+/), typed));
  return [...new Set([...titled, ...other, ...like])];
}
