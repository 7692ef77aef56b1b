import { useStore } from "zustand";
import { type Tab, useTabs } from "../state/tabs";
import { text } from "../text";
import { Icon } from "./Icon";

/** The open workflows, with a mark at those that aren't saved. */
export function TabBar() {
  const { tabs, active, activate, close, open } = useTabs();
  return (
    <nav className="tabs" aria-label={text.files.open}>
      {tabs.map((tab) => (
        <TabItem key={tab.id} tab={tab} active={tab.id === active} activate={activate} close={close} />
      ))}
      <button type="button" className="bare" aria-label={text.toolbar.newTab} title={text.toolbar.newTab} onClick={() => open()}>
        <Icon name="plus" />
      </button>
    </nav>
  );
}

interface Props {
  tab: Tab;
  active: boolean;
  activate(id: string): void;
  close(id: string): void;
}

function TabItem({ tab, active, activate, close }: Props) {
  const name = useStore(tab.editor, (state) => state.savedAs?.name || state.whole.name || text.untitled);
  const changed = useStore(tab.editor, (state) => state.whole !== state.saved);
  return (
    <span className={`tab ${active ? "active" : ""}`}>
      <button type="button" className="bare" aria-current={active ? "page" : undefined} onClick={() => activate(tab.id)}>
        {name}
        {changed ? (
          <span className="unsaved" title={text.files.unsaved}>
            <Icon name="dot" />
            <span className="sr-only">{text.files.unsaved}</span>
          </span>
        ) : null}
      </button>
      <button type="button" className="bare close" aria-label={`${text.dialog.close} ${name}`} onClick={() => close(tab.id)}>
        <Icon name="cross" />
      </button>
    </span>
  );
}
