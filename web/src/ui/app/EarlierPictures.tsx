import { useMemo } from "react";
import { fileOf, thumbnailOf } from "../../api/server";
import { eachOnce, left } from "../../core/runs/handedOut";
import { useEditor, useRunView } from "../../state/context";
import { useRuns } from "../../state/runs";
import { text } from "../../text";

const MOST = 24;

/** What earlier runs of this app made, the newest first, each once and to be seen large. */
export function EarlierPictures() {
  const name = useEditor((state) => state.savedAs?.name);
  const shown = useRunView()?.id;
  const runs = useRuns((state) => state.runs);
  const pictures = useMemo(
    () => eachOnce(runs.filter((run) => run.workflow === name && run.id !== shown).flatMap((run) => left(run.artifacts))).slice(0, MOST),
    [runs, name, shown],
  );
  if (pictures.length === 0) return null;
  return (
    <section className="app-earlier" aria-label={text.form.earlier}>
      <h2>{text.form.earlier}</h2>
      <ul>
        {pictures.map(({ id, node, width, height }) => (
          <li key={id}>
            <a href={fileOf(id)} target="_blank" rel="noreferrer">
              <img src={thumbnailOf(id)} alt={text.node.result(node)} width={width} height={height} loading="lazy" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
