import "../../styles/files.css";
import { inOrder, listed } from "../../core/library";
import { openSaved } from "../../state/commands/documents";
import { useTab } from "../../state/context";
import { usePage } from "../../state/page";
import { useStart } from "../../state/start";
import { text } from "../../text";
import { Leftovers } from "./Leftovers";
import { useWorkflows } from "./useWorkflows";
import { WorkflowCard } from "./WorkflowCard";

const MOST_RECENT = 4;

/** On an empty canvas: templates with their pictures, what was saved last, what closed windows left. */
export function StartView() {
  const { id } = useTab();
  const { records } = useWorkflows();
  const { begin, setShown } = useStart.getState();
  const show = usePage((state) => state.show);
  if (records === null) return null;
  const recent = listed(records.filter(({ version }) => version > 0), "", "time").slice(0, MOST_RECENT);
  const templates = inOrder(records.filter(({ version }) => version === 0), Object.keys(text.templates));
  const choose = (name: string) => void openSaved(name);
  return (
    <section className="start files" aria-labelledby="start-title">
      <div className="start-head">
        <h2 id="start-title">{text.start.title}</h2>
        <button type="button" onClick={() => begin(id)}>
          {text.start.empty}
        </button>
        <button type="button" onClick={() => show("files")}>
          {text.start.all}
        </button>
      </div>
      <Leftovers />
      {recent.length > 0 ? (
        <section>
          <h3>{text.start.recent}</h3>
          <ul>
            {recent.map((record) => (
              <li key={record.name}>
                <WorkflowCard record={record} choose={choose} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section>
        <h3>{text.files.templates}</h3>
        <ul>
          {templates.map((record) => (
            <li key={record.name}>
              <WorkflowCard record={record} choose={choose} />
            </li>
          ))}
        </ul>
      </section>
      <p className="hint">{text.start.drop}</p>
      <label className="check">
        <input type="checkbox" checked onChange={() => setShown(false)} />
        {text.start.shown}
      </label>
    </section>
  );
}
