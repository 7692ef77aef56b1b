import { type DragEvent, useRef, useState } from "react";
import { upload } from "../../api/server";
import { usePage } from "../../state/page";
import { text } from "../../text";
import type { FieldProps } from "./field";

/** What the server calls uploads; it shows no other files. */
const UPLOADED = /^[0-9a-f]{64}\.(png|jpg|webp)$/;

/** A picture: its name, a file chosen or dropped here, or one that is pasted into the field. */
export function PictureField({ label, value, change, done }: FieldProps) {
  const name = typeof value === "string" ? value : "";
  const file = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [shownName, setShownName] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);

  const bring = async (picture: File | null | undefined) => {
    if (!picture) return;
    try {
      change((await upload(picture)).name);
      setFailed(false);
    } catch (error) {
      usePage.getState().notify((error as Error).message);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    void bring(event.dataTransfer.files[0]);
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
      onPaste={(event) => void bring(event.clipboardData.files[0])}
    >
      {UPLOADED.test(name) && !failed ? (
        <img src={`/api/uploads/${encodeURIComponent(name)}/thumbnail`} alt="" onError={() => setFailed(true)} />
      ) : null}
      <input
        type="text"
        className="nodrag"
        aria-label={label}
        value={shownName ?? name}
        onChange={(event) => setShownName(event.target.value)}
        onBlur={() => {
          if (shownName !== null) {
            change(shownName);
            setFailed(false);
          }
          setShownName(null);
          done();
        }}
      />
      <button type="button" className="nodrag" onClick={() => file.current?.click()}>
        {text.widget.upload}
      </button>
      <input ref={file} type="file" accept="image/*" hidden onChange={(event) => void bring(event.target.files?.[0])} />
    </div>
  );
}
