import "../../styles/viewer.css";
import { type KeyboardEvent, useState } from "react";
import { type Artifact, fileOf, thumbnailOf } from "../../api/server";
import { beside } from "../../core/runs/pictures";
import { deletePictures } from "../../state/commands/deletingPictures";
import { useGallery } from "../../state/gallery";
import { text } from "../../text";
import { Icon } from "../Icon";
import { Popup } from "../Popup";
import { CompareStage } from "./CompareStage";
import { describe } from "./describe";
import { Details } from "./Details";
import { PictureActions } from "./PictureActions";
import { ZoomStage } from "./ZoomStage";

const words = text.running.gallery;

/** A picture as large as there is room: zoomed, beside another, with how it was made and what can be done with it. */
export default function Viewer({ picture }: { picture: Artifact }) {
  const { pictures, compared, view, compare, step } = useGallery();
  const [choosing, setChoosing] = useState(false);
  const choose = (other: Artifact) => {
    setChoosing(false);
    if (other.id !== picture.id) compare(other);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (compared !== null || (event.target as Element).closest("input, [role=menu], [role=slider]")) return;
    if (event.key === "Delete") deletePictures([picture]);
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as -1 | 1 | undefined;
    if (by === undefined) return;
    event.preventDefault();
    step(by);
  };
  return (
    <Popup title={compared ? words.comparing(describe(picture), describe(compared)) : describe(picture)} open close={() => view(null)} wide>
      <div className="viewer" onKeyDown={onKeyDown}>
        <div className="viewer-stage">
          {compared ? <CompareStage one={picture} other={compared} /> : <ZoomStage key={picture.id} address={fileOf(picture.id)} width={picture.width} height={picture.height} title={describe(picture)} />}
          {compared ? null : (
            <>
              <Step by={-1} picture={picture} label={words.previous} />
              <Step by={1} picture={picture} label={words.next} />
            </>
          )}
        </div>
        <aside className="viewer-side" aria-label={words.details}>
          <Details picture={picture} />
          {compared ? (
            <button type="button" onClick={() => compare(null)}>
              {words.stopComparing}
            </button>
          ) : (
            <button type="button" aria-pressed={choosing} onClick={() => setChoosing(!choosing)}>
              {words.compare}
            </button>
          )}
          <PictureActions picture={picture} />
        </aside>
        {choosing ? <p className="viewer-hint hint">{words.chooseOther}</p> : null}
        <ul className="viewer-strip" aria-label={text.panel.results}>
          {pictures.map((other) => (
            <li key={other.id}>
              <button
                type="button"
                className="bare"
                aria-current={other.id === picture.id || other.id === compared?.id ? true : undefined}
                onClick={(event) => (choosing || event.ctrlKey || event.metaKey ? choose(other) : view(other))}
              >
                <img src={thumbnailOf(other.id)} alt={describe(other)} loading="lazy" />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Popup>
  );
}

function Step({ by, picture, label }: { by: -1 | 1; picture: Artifact; label: string }) {
  const pictures = useGallery((state) => state.pictures);
  const step = useGallery((state) => state.step);
  return (
    <button type="button" className={`viewer-step ${by < 0 ? "before" : "after"}`} aria-label={label} title={label} disabled={beside(pictures, picture.id, by) === null} onClick={() => step(by)}>
      <Icon name={by < 0 ? "left" : "right"} />
    </button>
  );
}
