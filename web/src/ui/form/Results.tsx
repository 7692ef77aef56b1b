import { fileOf } from "../../api/server";
import { progressOf } from "../../core/progress";
import { left } from "../../core/runs/handedOut";
import { emptyView, picturesIn, type RunView } from "../../core/runs/view";
import { words } from "../../core/schema";
import { useRunView } from "../../state/context";
import { text } from "../../text";
import { ProblemText } from "../ProblemText";

/** The pictures of the last run, to download; while it is under way, how far it is and what it looks like by now. */
export function Results() {
  const view = useRunView();
  const pictures = view ? left(picturesIn(view)) : [];
  const preview = Object.values(view?.previews ?? {}).at(-1);
  const busy = view?.state === "queued" || view?.state === "running";
  const { part, at } = progressOf(view ?? emptyView(""));
  const step = at === null ? "" : at.total > 0 ? text.form.step(words(at.node), at.step, at.total) : words(at.node);
  return (
    <section className="form-pictures" aria-label={text.panel.results} aria-busy={busy}>
      {busy ? (
        <div className="form-progress">
          <progress max={1} value={view.state === "queued" ? 0 : part} aria-label={text.panel.states[view.state]} />
          <span>{view.state === "queued" ? text.panel.states.queued : step}</span>
        </div>
      ) : null}
      {view?.error ? <ProblemText problem={view.error} whole /> : null}
      {pictures.length > 0 && isFromBefore(view) ? (
        <p className="hint" role="status">
          {text.form.fromBefore}
        </p>
      ) : null}
      {pictures.map((artifact) => (
        <figure key={artifact.id}>
          <img src={fileOf(artifact.id)} alt={text.node.result(artifact.node)} width={artifact.width} height={artifact.height} />
          <figcaption>
            {artifact.seed === null ? null : <span>{text.panel.seed(Number(artifact.seed))}</span>}
            <a className="button" href={`${fileOf(artifact.id)}?download=true`} download>
              {text.panel.downloadPicture}
            </a>
          </figcaption>
        </figure>
      ))}
      {pictures.length === 0 && preview ? <img src={preview} alt={text.node.running} className="preview" /> : null}
      {pictures.length === 0 && !preview && !busy ? <p className="hint">{text.panel.noResults}</p> : null}
    </section>
  );
}

/** Whether a run had nothing to do, since the very same had run before. */
function isFromBefore(view: RunView | null): boolean {
  return view?.state === "succeeded" && Object.values(view.nodes).every(({ state }) => state === "cached");
}
