import { useEffect, useRef, useState } from "react";
import { emptyMask, type Mask } from "../../core/painting/mask";
import { messageOf } from "../../state/commands/report";
import { type Ground, noteGround, type Painting } from "../../state/painter";
import { addressOf } from "../../state/pictures";
import { closed, opened } from "../../state/windows";
import { text } from "../../text";
import { Notices } from "../Notices";
import { ChooseGround } from "./ChooseGround";
import { loaded, loadedMask } from "./pixels";
import { PaintDesk } from "./PaintDesk";
import { type PaintHandles, usePaintKeyboard } from "./usePaintKeyboard";
import "../../styles/painter.css";

const PAINTER = "painter";

interface Started {
  readonly mask: Mask;
  readonly ground: Ground | null;
}

/** The mask painter over the whole page. */
export default function Painter({ painting }: { painting: Painting }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [ground, setGround] = useState(painting.ground);
  const [started, setStarted] = useState<Started | null>(null);
  /** What people should know: what went wrong. */
  const [note, setNote] = useState<string | null>(null);
  const handles: PaintHandles = {
    actions: useRef(null),
    moving: useRef(false),
    leave: useRef(() => painting.done(null)),
  };
  usePaintKeyboard(handles);

  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    opened(PAINTER);
    return () => {
      closed(PAINTER);
      (before as HTMLElement | null)?.focus?.();
    };
  }, []);
  useEffect(() => {
    let current = true;
    start(ground, painting.mask, setNote).then(
      (begun) => current && setStarted(begun),
      (error: unknown) => {
        if (!current) return;
        setNote(messageOf(error));
        setGround(null);
      },
    );
    return () => {
      current = false;
    };
  }, [ground, painting.mask]);

  const done = (mask: string | null) => {
    if (mask !== null && ground !== null) noteGround(mask, ground);
    painting.done(mask);
  };
  return (
    <dialog
      ref={dialog}
      className="painter"
      aria-label={text.drawing.painter.title(ground?.title ?? null)}
      onCancel={(event) => {
        event.preventDefault();
        handles.leave.current();
      }}
      onClose={() => painting.done(null)}
    >
      {note === null ? null : (
        <p className="paint-note problem" role="alert">
          {note}
        </p>
      )}
      {started === null ? (
        <ChooseGround
          waiting={ground !== null || painting.mask !== null}
          choose={setGround}
          tell={setNote}
          empty={(width, height) => setStarted({ mask: emptyMask(width, height), ground: null })}
          leave={() => painting.done(null)}
        />
      ) : (
        <PaintDesk key={ground?.address} {...started} done={done} tell={setNote} {...handles} />
      )}
      <Notices window={PAINTER} />
    </dialog>
  );
}

/** The mask to go on with at the picture's size; null while there is neither. */
async function start(ground: Ground | null, mask: string | null, tell: (note: string) => void): Promise<Started | null> {
  if (ground === null && mask === null) return null;
  const picture = ground === null ? null : await loaded(ground.address);
  const size = picture && { width: picture.naturalWidth, height: picture.naturalHeight };
  if (mask === null) return size && { mask: emptyMask(size.width, size.height), ground };
  try {
    const address = await addressOf(mask);
    if (address === null) throw new Error(text.drawing.painter.maskGone);
    return { mask: await loadedMask(address, size), ground };
  } catch {
    tell(text.drawing.painter.maskGone);
    return size && { mask: emptyMask(size.width, size.height), ground };
  }
}
