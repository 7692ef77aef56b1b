import * as Menu from "@radix-ui/react-dropdown-menu";
import "../../styles/menu.css";
import { type ReactNode, useState } from "react";
import type { WorkflowRecord } from "../../api/server";
import { copyAppLink, copyLink } from "../../state/commands/addresses";
import { openSaved } from "../../state/commands/documents";
import { duplicate, remove, rename } from "../../state/commands/library";
import { usePage } from "../../state/page";
import { text } from "../../text";
import { Icon } from "../Icon";

interface Props {
  record: WorkflowRecord;
  taken: readonly string[];
  /** Something was changed on the server. */
  done(): void;
  close(): void;
}

/** What can be done to a saved workflow beside opening it. */
export function FileActions({ record, taken, done, close }: Props) {
  const [asking, setAsking] = useState<"name" | "delete" | null>(null);
  const { name } = record;
  const after = (change: Promise<boolean>) => {
    setAsking(null);
    void change.then((changed) => changed && done());
  };
  if (asking === "name") return <Renaming name={name} cancel={() => setAsking(null)} rename={(typed) => after(rename(record, typed))} />;
  if (asking === "delete") {
    return (
      <div className="file-question" role="alertdialog" aria-label={text.files.sure(name)}>
        <span>{text.files.sure(name)}</span>
        <button type="button" autoFocus onClick={() => setAsking(null)}>
          {text.files.keep}
        </button>
        <button type="button" className="problem" onClick={() => after(remove(record))}>
          {text.files.delete}
        </button>
      </div>
    );
  }
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="bare file-more" aria-label={text.files.more(name)} title={text.files.more(name)}>
        <Icon name="more" />
      </Menu.Trigger>
      <Menu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
        <Item act={() => setAsking("name")}>{text.files.rename}</Item>
        <Item act={() => after(duplicate(record, taken))}>{text.files.duplicate}</Item>
        <Item
          act={() => {
            void openSaved(name).then(() => usePage.getState().show("versions"));
            close();
          }}
        >
          {text.commands.titles.versions}
        </Item>
        <Item act={() => void copyLink(name)}>{text.files.link}</Item>
        <Item act={() => void copyAppLink(name)}>{text.files.appLink}</Item>
        <Item act={() => setAsking("delete")}>{text.files.delete}</Item>
      </Menu.Content>
    </Menu.Root>
  );
}

function Item({ act, children }: { act(): void; children: ReactNode }) {
  return <Menu.Item onSelect={act}>{children}</Menu.Item>;
}

function Renaming({ name, cancel, rename }: { name: string; cancel(): void; rename(typed: string): void }) {
  const [typed, setTyped] = useState(name);
  return (
    <form
      className="file-question"
      onSubmit={(event) => {
        event.preventDefault();
        rename(typed.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        cancel();
      }}
    >
      <input type="text" autoFocus required aria-label={text.tabs.renameHere(name)} value={typed} onFocus={(event) => event.target.select()} onChange={(event) => setTyped(event.target.value)} />
      <button type="submit">{text.files.rename}</button>
    </form>
  );
}
