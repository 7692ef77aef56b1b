import { useStore } from "zustand";
import { COMMANDS } from "../state/commands/all";
import { download, save } from "../state/commands/documents";
import { tidy } from "../state/commands/editing";
import { useEditor, useEditorStore } from "../state/context";
import { redo, undo } from "../state/editor";
import { usePage } from "../state/page";
import { fit } from "../state/view";
import { text } from "../text";
import { CommandMenu } from "./CommandMenu";
import { Icon, type IconName } from "./Icon";
import { RunControls } from "./RunControls";

/** The commands that have no button of their own, or none on a narrow screen. */
const MORE = COMMANDS.filter(({ menus }) => menus?.includes("more"));

/** What is done to the workflow in front. */
export function Toolbar() {
  const store = useEditorStore();
  const action = useEditor((state) => state.action);
  const past = useStore(store.temporal, (state) => state.pastStates.length);
  const next = useStore(store.temporal, (state) => state.futureStates.at(-1)?.action ?? null);
  const page = usePage();
  const undoText = text.toolbar.undo(past > 0 ? action : null);
  const redoText = text.toolbar.redo(next);
  return (
    <div className="toolbar" role="toolbar" aria-label={text.toolbar.menu}>
      <RunControls />
      <span className="gap" />
      <button type="button" aria-label={text.toolbar.add} title={text.toolbar.addHint} onClick={() => page.openPalette({ at: null })}>
        <Icon name="plus" />
        <span className="wide">{text.toolbar.add}</span>
      </button>
      <Tool sign="undo" label={undoText} disabled={past === 0} act={() => undo(store)} />
      <Tool wide sign="redo" label={redoText} disabled={next === null} act={() => redo(store)} />
      <Tool wide sign="tidy" label={text.toolbar.tidy} act={() => void tidy()} />
      <Tool wide sign="fit" label={text.toolbar.fit} act={() => fit()} />
      <span className="gap" />
      <button type="button" className="wide" onClick={() => page.show("files")}>
        {text.toolbar.open}
      </button>
      <button type="button" className="wide" onClick={() => void save()}>
        {text.toolbar.save}
      </button>
      <Tool wide sign="download" label={text.toolbar.download} act={download} />
      <button type="button" className="wide" aria-pressed={page.form} onClick={page.toggleForm}>
        {text.toolbar.form}
      </button>
      <span className="stretch" />
      <Tool
        sign="panel"
        label={page.side === null ? text.panel.open : text.panel.close}
        act={() => page.setSide(page.side === null ? "results" : null)}
      />
      <CommandMenu label={text.commands.more} icon="more" align="end" commands={MORE} />
    </div>
  );
}

/** `wide`: only where there is room; on a narrow screen it is in the menu. */
function Tool(props: { sign: IconName; label: string; disabled?: boolean; wide?: boolean; act(): void }) {
  return (
    <button type="button" className={props.wide ? "icon wide" : "icon"} aria-label={props.label} title={props.label} disabled={props.disabled} onClick={props.act}>
      <Icon name={props.sign} />
    </button>
  );
}
