import { fileOf, thumbnailOf } from "../api/server";
import { useEditor, usePath, useRunView } from "../state/context";
import { useGallery } from "../state/gallery";
import { leadsTo } from "../state/places";
import { text } from "../text";

const MOST = 4;

/** The pictures that a node made in the last run, or the preview of those under way. */
export function NodePictures({ node }: { node: string }) {
  const view = useRunView();
  const hidden = useGallery((state) => state.hidden);
  const path = usePath(node);
  const inside = useEditor((state) => state.inside);
  const whole = useEditor((state) => (state.inside.length > 0 ? state.whole : null));
  const [around] = inside;
  // The turns of a body have paths of their own.
  const isOwn = (each: string) => whole !== null && leadsTo(whole, inside, node, each);
  const made = view?.artifacts[path] ?? (around && view?.artifacts[around.node]?.filter((artifact) => isOwn(artifact.node))) ?? [];
  const previews = Object.keys(view?.previews ?? {});
  const preview = view?.previews[path] ?? view?.previews[previews.findLast(isOwn) ?? ""];
  if (made.length > 0) {
    return (
      <div className={`card-pictures ${made.length > 1 ? "several" : ""}`}>
        {made.slice(0, MOST).map((artifact) =>
          artifact.deleted_at !== null || hidden.has(artifact.id) ? (
            <span key={artifact.id} className="picture-gone" style={{ aspectRatio: `${artifact.width} / ${artifact.height}` }}>
              {text.running.gallery.gone}
            </span>
          ) : (
          <a
            key={artifact.id}
            className="nodrag"
            href={fileOf(artifact.id)}
            target="_blank"
            rel="noreferrer"
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of the browser's own
              event.preventDefault();
              useGallery.getState().view(artifact);
            }}
          >
            <img
              src={thumbnailOf(artifact.id)}
              width={artifact.width}
              height={artifact.height}
              alt={text.node.result(node)}
              loading="lazy"
            />
          </a>
          ),
        )}
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
