import "../styles/menu.css";
import * as Menu from "@radix-ui/react-dropdown-menu";
import { COMMANDS } from "../state/commands/all";
import { isUsable, shownKeys } from "../state/commands/command";
import { text } from "../text";
import { Icon } from "./Icon";

/** The toolbar's menu: the commands that have no button of their own, or none on a narrow screen. */
export function MoreMenu() {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="icon" aria-label={text.commands.more} title={text.commands.more}>
        <Icon name="more" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          <Items />
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Items() {
  return COMMANDS.filter(({ menus }) => menus?.includes("more")).map((command) => (
    <Menu.Item key={command.id} disabled={!isUsable(command)} onSelect={() => void command.act()}>
      <span>{command.title}</span>
      {command.keys?.[0] ? <kbd>{shownKeys(command.keys[0])}</kbd> : null}
    </Menu.Item>
  ));
}
