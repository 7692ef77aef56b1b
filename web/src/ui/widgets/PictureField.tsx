import { type DragEvent, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { upload } from "../../api/server";
import { PICTURE_TYPES } from "../../core/pictureTypes";
import { paintForPicture } from "../../state/commands/painting";
import { isTokenMissing, messageOf, report } from "../../state/commands/report";
import { useEditorStore } from "../../state/context";
import { thumbnailIn, useExamples } from "../../state/pictures";
import { text } from "../../text";
import { Popup } from "../Popup";
import type { FieldProps } from "./field";
import "../../styles/picture.css";

const PictureGrid = lazy(async () => ({ default: (await import("../PictureGrid")).PictureGrid }));
const words = text.drawing.picture;

interface Props extends FieldProps {
  readonly kind?: "image" | "mask";
  /** What else can be done with it; painting a mask for it, if nothing is given. */
  readonly children?: ReactNode;
}

/** A picture: a file chosen, dropped or pasted here, one that the server has, or its name. */
export function PictureField({ node, label, value, change, done, kind = "image", children }: Props) {
  const name = typeof value === "string" ? value : "";
  const editor = useEditorStore();
  const file = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [choosing, setChoosing] = useState(false);
  const examples = useExamples();
  const thumbnail = failed === name ? null : thumbnailIn(examples.names, name);
  useEffect(() => {
    if (name !== "" && thumbnail === null) void examples.load();
  }, [name]);

  const set = (next: string) => {
    setWrong(null);
    setFailed(null);
    if (next !== name) change(next);
    done();
  };
  const bring = async (picture: Blob | null | undefined, title: string) => {
    if (!picture) return;
    if (!PICTURE_TYPES.includes(picture.type)) {
      setWrong(words.wrongFile(title, picture.type || words.unknown));
      return;
    }
    try {
      set((await upload(picture, kind)).name);
    } catch (error) {
      if (isTokenMissing(error)) report(error);
      else setWrong(words.refused(title, messageOf(error)));
    }
  };
  const bringFile = (given: File | null | undefined) => bring(given, given?.name ?? "");
  const fetched = async (address: string, title: string) => bring(await (await fetch(address)).blob(), title);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    void bringFile(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={`field picture ${over ? "over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      onPaste={(event) => {
        const pasted = event.clipboardData.files[0];
        if (!pasted) return;
        event.preventDefault();
        void bringFile(pasted);
      }}
    >
      {thumbnail ? (
        <button type="button" className="picture-shown nodrag bare" title={words.choose} onClick={() => setChoosing(true)}>
          <img src={thumbnail} alt={words.shown(label)} onError={() => setFailed(name)} draggable={false} />
        </button>
      ) : null}
      <input
        type="text"
        className="nodrag"
        aria-label={label}
        placeholder={words.placeholder}
        value={typed ?? name}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (typed !== null) set(typed);
          setTyped(null);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && typed !== null) {
            set(typed);
            setTyped(null);
          }
        }}
      />
      <div className="picture-buttons">
        <button type="button" className="nodrag" onClick={() => file.current?.click()}>
          {words.upload}
        </button>
        <button type="button" className="nodrag" onClick={() => setChoosing(true)}>
          {words.choose}
        </button>
        {children ??
          (thumbnail ? (
            <button type="button" className="nodrag" onClick={() => void paintForPicture(editor, node, name).catch(report)}>
              {text.drawing.mask.paint}
            </button>
          ) : null)}
      </div>
      <input
        ref={file}
        type="file"
        accept={PICTURE_TYPES.join()}
        hidden
        onChange={(event) => {
          void bringFile(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      {wrong ? (
        <p className="problem" role="alert">
          {wrong}
        </p>
      ) : null}
      <div className="nodrag nopan nowheel">
        <Popup title={words.title} open={choosing} close={() => setChoosing(false)} wide>
        <Suspense fallback={<p className="hint">{text.loading}</p>}>
          <PictureGrid
            choose={({ name: chosen, address, title }) => {
              setChoosing(false);
              if (chosen !== null && kind === "image") set(chosen);
              else void fetched(address, title).catch(report);
            }}
          />
        </Suspense>
        </Popup>
      </div>
    </div>
  );
}
