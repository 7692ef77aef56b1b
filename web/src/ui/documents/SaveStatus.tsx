import { failed } from "../../state/autosave";
import { save } from "../../state/commands/documents";
import { useEditor, useTab } from "../../state/context";
import { usePage } from "../../state/page";
import { useSaving } from "../../state/saving";
import { text } from "../../text";

/** Whether the workflow in front is saved, and if not, why; with what can be done about it. */
export function SaveStatus() {
  const tab = useTab();
  const saving = useSaving((state) => state.tabs[tab.id]);
  const named = useEditor((state) => state.savedAs !== null);
  const changed = useEditor((state) => state.whole !== state.saved);
  const empty = useEditor((state) => Object.keys(state.whole.nodes).length === 0);
  const show = usePage((state) => state.show);
  if (saving?.state === "saving") return <span>{text.saving.saving}</span>;
  if (saving?.state === "conflict") {
    return (
      <span className="problem" role="alert">
        {text.saving.conflict}{" "}
        <button type="button" className="bare link" onClick={() => show("conflict")}>
          {text.saving.compare}
        </button>
      </span>
    );
  }
  if (saving?.state === "failed") {
    return (
      <span className="problem" role="alert">
        {text.saving.failed(saving.why)}{" "}
        <button type="button" className="bare link" onClick={() => void save().catch((error: unknown) => failed(tab, error))}>
          {text.saving.again}
        </button>
      </span>
    );
  }
  if (!named) return empty ? null : <span>{text.saving.nowhere}</span>;
  if (changed) return <span>{text.saving.changed}</span>;
  return <span>{saving ? text.saving.saved(text.time.clock(saving.at)) : text.saving.savedBefore}</span>;
}
