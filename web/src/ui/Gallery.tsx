import { useState } from "react";
import { type Artifact, fileOf, thumbnailOf } from "../api/server";
import { openRun } from "../state/commands/documents";
import { useRuns } from "../state/runs";
import { text } from "../text";
import { Popup } from "./Popup";

const MOST = 60;

/** The newest pictures; one opens large, with what can be done with it. */
export function Gallery() {
  const runs = useRuns((state) => state.runs);
  const [shown, setShown] = useState<Artifact | null>(null);
  const pictures = runs.flatMap((run) => run.artifacts).slice(0, MOST);
  if (pictures.length === 0) return <p className="hint">{text.panel.noResults}</p>;
  return (
    <>
      <ul className="gallery">
        {pictures.map((artifact) => (
          <li key={artifact.id}>
            <button type="button" className="bare" onClick={() => setShown(artifact)}>
              <img
                src={thumbnailOf(artifact.id)}
                width={artifact.width}
                height={artifact.height}
                alt={describe(artifact)}
                loading="lazy"
              />
            </button>
          </li>
        ))}
      </ul>
      <Popup title={shown ? describe(shown) : ""} open={shown !== null} close={() => setShown(null)} wide>
        {shown ? (
          <>
            <img className="large" src={fileOf(shown.id)} alt={describe(shown)} width={shown.width} height={shown.height} />
            <div className="popup-foot">
              <span>{`${shown.width} × ${shown.height}`}</span>
              <a className="button" href={fileOf(shown.id)} download>
                {text.panel.downloadPicture}
              </a>
              <button
                type="button"
                onClick={() => {
                  void openRun(shown.run);
                  setShown(null);
                }}
              >
                {text.panel.openWorkflow}
              </button>
            </div>
          </>
        ) : null}
      </Popup>
    </>
  );
}

function describe({ node, seed }: Artifact): string {
  return seed === null ? node : `${node}, ${text.panel.seed(Number(seed))}`;
}
