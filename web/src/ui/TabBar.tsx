import "../styles/tabs.css";
import { type DragEvent, type KeyboardEvent, useRef, useState } from "react";
import { useStore } from "zustand";
import { closeTab, moveTab, nameOf, renameTab } from "../state/commands/tabs";
import { useNaming } from "../state/naming";
import { type Tab, useTabs } from "../state/tabs";
import { text } from "../text";
import { Icon } from "./Icon";

const MOVED = "application/x-graphengine-tab";

/** The open workflows, with a mark at those that aren't saved; dragged, or moved by keyboard, into another order. */
export function TabBar() {
  const { tabs, active, open } = useTabs();
  return (
    <nav className="tabs" aria-label={text.tabs.label}>
      {tabs.map((tab) => (
        <TabItem key={tab.id} tab={tab} active={tab.id === active} />
      ))}
      <button type="button" className="bare" aria-label={text.toolbar.newTab} title={text.toolbar.newTab} onClick={() => open()}>
        <Icon name="plus" />
      </button>
    </nav>
  );
}

function TabItem({ tab, active }: { tab: Tab; active: boolean }) {
  const name = useStore(tab.editor, () => nameOf(tab));
  const changed = useStore(tab.editor, (state) => state.whole !== state.saved);
  const renaming = useNaming(({ writing }) => writing === tab.id);
  const rename = () => useNaming.getState().write(tab.id);
  const { activate, move } = useTabs.getState();
  const onDrop = (event: DragEvent) => {
    const id = event.dataTransfer.getData(MOVED);
    if (id === "") return;
    event.preventDefault();
    event.stopPropagation();
    move(id, useTabs.getState().tabs.indexOf(tab));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (event.key === "F2") rename();
    else if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    else if (event.shiftKey) moveTab(step, tab.id);
    else neighbour(event.currentTarget, step)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  if (renaming) return <Renaming tab={tab} name={name} done={() => useNaming.getState().write(null)} />;
  return (
    <span
      className={`tab ${active ? "active" : ""}`}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(MOVED, tab.id)}
      onDragOver={(event) => event.dataTransfer.types.includes(MOVED) && event.preventDefault()}
      onDrop={onDrop}
      onAuxClick={(event) => event.button === 1 && closeTab(tab.id)}
    >
      <button
        type="button"
        className="bare name"
        title={text.tabs.hint}
        aria-current={active ? "page" : undefined}
        onClick={() => activate(tab.id)}
        onDoubleClick={rename}
        onKeyDown={onKeyDown}
      >
        {name}
        {changed ? (
          <span className="unsaved" title={text.files.unsaved}>
            <Icon name="dot" />
            <span className="sr-only">{text.files.unsaved}</span>
          </span>
        ) : null}
      </button>
      <button type="button" className="bare close" aria-label={`${text.dialog.close} ${name}`} onClick={() => closeTab(tab.id)}>
        <Icon name="cross" />
      </button>
    </span>
  );
}

function Renaming({ tab, name, done }: { tab: Tab; name: string; done(): void }) {
  const [typed, setTyped] = useState(name);
  const ended = useRef(false); // to take the field away may also take the focus from it
  const end = (keep: boolean) => {
    if (ended.current) return;
    ended.current = true;
    done();
    if (keep) void renameTab(tab, typed.trim());
  };
  return (
    <form
      className="tab active"
      onSubmit={(event) => {
        event.preventDefault();
        end(true);
      }}
    >
      <input
        type="text"
        autoFocus
        aria-label={text.tabs.renameHere(name)}
        value={typed}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => end(true)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") end(false);
        }}
      />
    </form>
  );
}

/** The tab before or after, by its button. */
function neighbour(button: HTMLElement, step: number): HTMLElement | undefined {
  const all = [...(button.closest("nav")?.querySelectorAll<HTMLElement>(".tab .name") ?? [])];
  return all[all.indexOf(button) + step];
}
