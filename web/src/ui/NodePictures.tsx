import { fileOf, thumbnailOf } from "../api/server";
import { usePath, useRunView } from "../state/context";
import { text } from "../text";

const MOST = 4;

/** The pictures that a node made in the last run, or the preview of those under way. */
export function NodePictures({ node }: { node: string }) {
  const view = useRunView();
  const path = usePath(node);
  const made = view?.artifacts[path] ?? [];
  const preview = view?.previews[path];
  if (made.length > 0) {
    return (
      <div className={`card-pictures ${made.length > 1 ? "several" : ""}`}>
        {made.slice(0, MOST).map((artifact) => (
          <a key={artifact.id} className="nodrag" href={fileOf(artifact.id)} target="_blank" rel="noreferrer">
            <img
              src={thumbnailOf(artifact.id)}
              width={artifact.width}
              height={artifact.height}
              alt={text.node.result(node)}
              loading="lazy"
            />
          </a>
        ))}
      </div>
    );
  }
  if (preview === undefined) return null;
  return (
    <div className="card-pictures">
      <img src={preview} alt={text.node.result(node)} className="preview" />
    </div>
  );
}
