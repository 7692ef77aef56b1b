import "../styles/menu.css";
import * as Menu from "@radix-ui/react-dropdown-menu";
import { type Command, isUsable, shownKeys } from "../state/commands/command";
import { Icon, type IconName } from "./Icon";

interface Props {
  label: string;
  icon: IconName;
  /** Which edge of its button it begins at. */
  align: "start" | "end";
  commands: readonly Command[];
}

/** A button of the toolbar with a menu of commands. */
export function CommandMenu({ label, icon, align, commands }: Props) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="icon" aria-label={label} title={label}>
        <Icon name={icon} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
          {commands.map((command) => (
            <Entry key={command.id} command={command} />
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Entry({ command }: { command: Command }) {
  const { title, keys, isOn } = command;
  const common = { disabled: !isUsable(command), onSelect: () => void command.act() };
  const inside = (
    <>
      <span>{title}</span>
      {keys?.[0] ? <kbd>{shownKeys(keys[0])}</kbd> : null}
    </>
  );
  if (!isOn) return <Menu.Item {...common}>{inside}</Menu.Item>;
  return (
    <Menu.CheckboxItem checked={isOn()} {...common}>
      {inside}
    </Menu.CheckboxItem>
  );
}
