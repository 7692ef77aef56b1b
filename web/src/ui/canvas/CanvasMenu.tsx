import "../../styles/menu.css";
import * as Menu from "@radix-ui/react-context-menu";
import { Fragment, type MouseEvent, type PointerEvent, type ReactElement, useRef, useState } from "react";
import { kindOf } from "../../core/items";
import { COMMANDS } from "../../state/commands/all";
import { type Command, isUsable, type Menu as MenuName, type Section, shownKeys, type Submenu } from "../../state/commands/command";
import { useEditorStore } from "../../state/context";
import { aim } from "../../state/view";
import { text } from "../../text";
import { Icon } from "../Icon";

const FIELDS = "input, textarea, select, [contenteditable]";

/** The menu of what was clicked with the right button or pressed for long: a node, a group, a note, a link, or the canvas. */
export function CanvasMenu({ children }: { children: ReactElement }) {
  const store = useEditorStore();
  const [menu, setMenu] = useState<MenuName | null>(null);
  const [inField, setInField] = useState(false);
  const pressed = useRef<MouseEvent | PointerEvent | null>(null);
  const onOpenChange = (open: boolean) => {
    const at = pressed.current;
    if (!open || at === null) {
      aim(null);
      setMenu(null);
      return;
    }
    if ((at.nativeEvent as globalThis.PointerEvent).pointerType === "touch") lift();
    aim({ x: at.clientX, y: at.clientY });
    setMenu(chooseAt(at.target as Element, store.getState()));
  };
  return (
    <Menu.Root modal={false} onOpenChange={onOpenChange}>
      <Menu.Trigger
        asChild
        disabled={inField}
        onPointerDownCapture={(event) => {
          pressed.current = event;
          setInField((event.target as Element).closest(FIELDS) !== null);
        }}
        onContextMenuCapture={(event) => {
          if ((event.target as Element).closest(FIELDS)) event.stopPropagation();
          else pressed.current = event;
        }}
      >
        {children}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="menu" collisionPadding={8} onCloseAutoFocus={(event) => event.preventDefault()}>
          {(menu === null ? [] : partsOf(menu)).map((part, index) => (
            <Fragment key={SECTIONS[index]}>
              {index > 0 ? <Menu.Separator /> : null}
              {part.map((entry) =>
                Array.isArray(entry) ? <Inner key={entry[0]} name={entry[0]} commands={entry[1]} /> : <Entry key={entry.id} command={entry} />,
              )}
            </Fragment>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Lifting the finger that opened the menu clicks nothing, neither in the menu nor below it. */
function lift(): void {
  const over = new AbortController();
  const options = { capture: true, passive: false, signal: over.signal };
  window.addEventListener("touchend", (event) => event.preventDefault(), options);
  window.addEventListener("pointerup", (event) => event.stopPropagation(), options);
  window.addEventListener("pointerdown", () => over.abort(), options);
}

const SECTIONS: readonly Section[] = ["run", "edit", "arrange", "view"];

/** What of a menu makes sense now, part by part; the commands of a submenu stand together, where the first of them would. */
function partsOf(menu: MenuName): (Command | [Submenu, Command[]])[][] {
  const usable = COMMANDS.filter((command) => command.menus?.includes(menu) && isUsable(command));
  const parts = SECTIONS.map((section) => {
    const entries = new Map<string, Command | [Submenu, Command[]]>();
    for (const command of usable.filter((each) => each.section === section)) {
      const { id, submenu } = command;
      const known = submenu && entries.get(submenu);
      if (Array.isArray(known)) known[1].push(command);
      else entries.set(submenu ?? id, submenu ? [submenu, [command]] : command);
    }
    return [...entries.values()];
  });
  return parts.filter((part) => part.length > 0);
}

function Inner({ name, commands }: { name: Submenu; commands: readonly Command[] }) {
  return (
    <Menu.Sub>
      <Menu.SubTrigger>
        <span>{text.canvas.submenus[name]}</span>
        <Icon name="right" />
      </Menu.SubTrigger>
      <Menu.Portal>
        <Menu.SubContent className="menu" collisionPadding={8}>
          {commands.map((command) => (
            <Entry key={command.id} command={command} />
          ))}
        </Menu.SubContent>
      </Menu.Portal>
    </Menu.Sub>
  );
}

function Entry({ command }: { command: Command }) {
  const { title, keys, isOn, hue } = command;
  const common = { onSelect: () => void command.act(), "aria-keyshortcuts": keys?.[0]?.replace("Mod", "Control") };
  const inside = (
    <>
      <span>{title}</span>
      {hue === undefined ? null : <span className="swatch" style={{ ["--hue" as string]: hue }} />}
      {keys?.[0] ? <kbd aria-hidden>{shownKeys(keys[0])}</kbd> : null}
    </>
  );
  if (!isOn) return <Menu.Item {...common}>{inside}</Menu.Item>;
  return (
    <Menu.CheckboxItem checked={isOn()} {...common}>
      {inside}
    </Menu.CheckboxItem>
  );
}

/** Select what was clicked, unless it is selected already, and tell which menu it has. */
function chooseAt(element: Element, { selection, links, select }: { selection: readonly string[]; links: readonly string[]; select(names: readonly string[], links?: readonly string[]): void }): MenuName {
  const node = element.closest<HTMLElement>(".react-flow__node")?.dataset["id"];
  if (node !== undefined) {
    if (!selection.includes(node)) select([node]);
    return kindOf(node) ?? "node";
  }
  const edge = element.closest<HTMLElement>(".react-flow__edge")?.dataset["id"];
  if (edge !== undefined) {
    const link = edge.slice(edge.indexOf(">") + 1);
    if (!links.includes(link)) select([], [link]);
    return "link";
  }
  return "canvas";
}
