import { useEffect } from "react";
import { deletePictures } from "../../state/commands/deletingPictures";
import { useGallery } from "../../state/gallery";
import { text } from "../../text";

const words = text.running.gallery;

/** Begins to choose pictures, and says what to do with those that are chosen. */
export function ChoosingBar() {
  const { pictures, chosen, choosing, chooseAll } = useGallery();
  const isChoosing = chosen !== null;
  useEffect(() => {
    if (!isChoosing) return;
    const onKeyDown = ({ key }: globalThis.KeyboardEvent) => {
      if (key === "Escape") choosing(false);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [isChoosing, choosing]);
  if (chosen === null) {
    return pictures.length === 0 ? null : (
      <div className="choosing">
        <button type="button" title={words.chooseHint} onClick={() => choosing(true)}>
          {words.choose}
        </button>
      </div>
    );
  }
  return (
    <div className="choosing" role="group" aria-label={words.chooseHint}>
      <span role="status">{words.chosen(chosen.size)}</span>
      <button type="button" onClick={chooseAll}>
        {words.chooseAll}
      </button>
      <button type="button" className="danger" disabled={chosen.size === 0} onClick={() => deletePictures(pictures.filter(({ id }) => chosen.has(id)))}>
        {words.deleteChosen}
      </button>
      <button type="button" onClick={() => choosing(false)}>
        {words.endChoosing}
      </button>
    </div>
  );
}
