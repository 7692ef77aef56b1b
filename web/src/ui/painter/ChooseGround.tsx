import { useRef, useState } from "react";
import { PICTURE_TYPES } from "../../core/pictureTypes";
import type { Ground } from "../../state/painter";
import { upload } from "../../api/server";
import { uploadAddress } from "../../api/pictures";
import { isTokenMissing, messageOf, report } from "../../state/commands/report";
import { text } from "../../text";
import { PictureGrid } from "../PictureGrid";

const words = text.drawing.painter;
const LARGEST = 8192;

interface Props {
  /** The picture is on its way. */
  readonly waiting: boolean;
  choose(ground: Ground): void;
  empty(width: number, height: number): void;
  tell(note: string | null): void;
  leave(): void;
}

/** Asks which picture the mask is for, where the workflow doesn't tell; or how large it is to be. */
export function ChooseGround({ waiting, choose, empty, tell, leave }: Props) {
  const [width, setWidth] = useState(512);
  const [height, setHeight] = useState(512);
  const file = useRef<HTMLInputElement>(null);
  if (waiting) return <p className="hint paint-waiting">{text.loading}</p>;
  const bring = async (picture: File | undefined) => {
    if (!picture) return;
    try {
      choose({ address: uploadAddress((await upload(picture)).name), title: picture.name });
      tell(null);
    } catch (error) {
      if (isTokenMissing(error)) report(error);
      else tell(messageOf(error));
    }
  };
  const fitting = (value: string) => Math.min(LARGEST, Math.max(1, Math.round(Number(value)) || 1));
  return (
    <div className="paint-choose">
      <header className="paint-head">
        <h2>{words.which}</h2>
        <button type="button" onClick={leave}>
          {words.cancel}
        </button>
      </header>
      <div className="popup-foot">
        <button type="button" onClick={() => file.current?.click()}>
          {text.widget.upload}
        </button>
        <input ref={file} type="file" accept={PICTURE_TYPES.join()} hidden onChange={(event) => void bring(event.target.files?.[0])} />
        <span>{words.orSize}</span>
        <input type="number" aria-label={words.width} min={1} max={LARGEST} value={width} onChange={(event) => setWidth(fitting(event.target.value))} />
        <span>×</span>
        <input type="number" aria-label={words.height} min={1} max={LARGEST} value={height} onChange={(event) => setHeight(fitting(event.target.value))} />
        <button type="button" onClick={() => empty(width, height)}>
          {words.emptyMask}
        </button>
      </div>
      <PictureGrid choose={({ address, title }) => choose({ address, title })} />
    </div>
  );
}
