import { Command as Palette } from "cmdk";
import { COMMANDS } from "../state/commands/all";
import { type Command, isUsable, type Section, shownKeys } from "../state/commands/command";
import { usePage } from "../state/page";
import { text } from "../text";
import { Popup } from "./Popup";

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
  const act = (command: Command) => {
    close();
    void command.act();
  };
  return (
    <Palette className="palette" label={text.commands.search} loop>
      <Palette.Input placeholder={text.commands.search} aria-label={text.commands.search} />
      <Palette.List aria-label={text.commands.title}>
        <Palette.Empty>{text.commands.none}</Palette.Empty>
        {SECTIONS.map((section) => (
          <Palette.Group key={section} heading={text.commands.sections[section]}>
            {COMMANDS.filter((command) => command.section === section && !command.hidden && isUsable(command)).map((command) => (
              <Palette.Item key={command.id} value={command.title} onSelect={() => act(command)}>
                <span className="palette-name">{command.title}</span>
                {command.keys?.[0] ? <kbd>{shownKeys(command.keys[0])}</kbd> : null}
              </Palette.Item>
            ))}
          </Palette.Group>
        ))}
      </Palette.List>
    </Palette>
  );
}
