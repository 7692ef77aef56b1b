import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { type Area, type Mask, wholeOf } from "../../core/painting/mask";
import { PaintSession } from "../../core/painting/session";
import { type Point, type View, zoomed } from "../../core/painting/viewing";
import { feathered, flooded, inverted } from "../../core/painting/whole";
import { useBrush } from "../../state/brush";
import { isTokenMissing, messageOf, report } from "../../state/commands/report";
import type { Ground } from "../../state/painter";
import { text } from "../../text";
import { LeaveQuestion } from "./LeaveQuestion";
import type { PaintActions } from "./paintKeys";
import { drawMask, kept } from "./pixels";
import { Stage } from "./Stage";
import { Tools } from "./Tools";
import type { PaintHandles } from "./usePaintKeyboard";
import { brushNow } from "./usePointers";

interface Props extends PaintHandles {
  readonly mask: Mask;
  readonly ground: Ground | null;
  tell(note: string | null): void;
  done(name: string | null): void;
}

/** A mask at work: the stage, the tools, and what becomes of it. */
export function PaintDesk({ mask, ground, actions: reached, moving, leave, tell, done }: Props) {
  const overlay = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<View | null>(null);
  const [pen, setPen] = useState<Point | null>(null);
  const [penDown, setPenDown] = useState(false);
  const [asking, setAsking] = useState(false);
  const [keeping, setKeeping] = useState(false);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const alone = useBrush((state) => state.alone);

  const session = useMemo(() => new PaintSession(mask, (area) => draw(overlay.current, mask, area)), [mask]);
  useEffect(() => draw(overlay.current, mask, wholeOf(mask)), [mask, alone]);
  leave.current = () => (asking ? setAsking(false) : session.isChanged ? setAsking(true) : done(null));

  const keep = async () => {
    if (keeping) return;
    session.finish();
    setKeeping(true);
    tell(null);
    try {
      const name = await kept(mask);
      session.markKept();
      done(name);
    } catch (error) {
      if (isTokenMissing(error)) report(error);
      else tell(text.drawing.painter.notKept(messageOf(error)));
      setKeeping(false);
    }
  };
  const after = (act: () => void) => () => {
    act();
    redraw();
  };
  const actions: PaintActions = {
    undo: after(() => session.undo()),
    redo: after(() => session.redo()),
    invert: after(() => session.apply(inverted)),
    clear: after(() => session.apply((each) => flooded(each, 0))),
    all: after(() => session.apply((each) => flooded(each, 255))),
    fit: () => setView(null),
    zoom: (factor) => setView((now) => now && zoomed(now, middleOf(overlay.current), factor)),
    walk(x, y) {
      const step = Math.max(1, useBrush.getState().size / 4);
      const from = pen ?? { x: mask.width / 2, y: mask.height / 2 };
      const to = { x: clamp(from.x + x * step, mask.width), y: clamp(from.y + y * step, mask.height) };
      if (penDown) session.move({ ...to, pressure: 1 });
      setPen(to);
    },
    pen() {
      const at = pen ?? { x: mask.width / 2, y: mask.height / 2 };
      if (penDown) session.finish();
      else session.begin(brushNow(false), { ...at, pressure: 1 });
      setPen(at);
      setPenDown(!penDown);
    },
    keep: () => void keep(),
  };
  useEffect(() => {
    reached.current = actions;
    return () => {
      reached.current = null;
    };
  });
  useEffect(() => {
    const ask = (event: Event) => session.isChanged && event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [session]);
  const refit = useCallback(() => setView(null), []);
  const painted = useCallback(() => {
    setPen(null);
    setPenDown(false);
    redraw();
  }, []);

  return (
    <>
      <header className="paint-head">
        <h2>{text.drawing.painter.title(ground?.title ?? null)}</h2>
        <span className="hint">{text.drawing.painter.meaning}</span>
        <button type="button" onClick={() => leave.current()}>
          {text.drawing.painter.cancel}
        </button>
        <button type="button" className="primary" disabled={keeping} onClick={() => void keep()}>
          {text.drawing.painter.keep}
        </button>
      </header>
      {asking ? <LeaveQuestion stay={() => setAsking(false)} go={() => done(null)} /> : null}
      <Tools
        actions={actions}
        canUndo={session.canUndo}
        canRedo={session.canRedo}
        feather={(pixels) => after(() => session.apply((each) => feathered(each, pixels)))()}
      />
      <Stage
        session={session}
        address={ground?.address ?? null}
        overlay={overlay}
        view={view}
        moving={moving}
        pen={pen}
        penDown={penDown}
        setView={setView}
        refit={refit}
        painted={painted}
      />
    </>
  );
}

function draw(canvas: HTMLCanvasElement | null, mask: Mask, area: Area): void {
  const context = canvas?.getContext("2d");
  if (context) drawMask(context, mask, area, useBrush.getState().alone);
}

function middleOf(canvas: HTMLCanvasElement | null): Point {
  const stage = canvas?.closest(".paint-stage");
  return { x: (stage?.clientWidth ?? 0) / 2, y: (stage?.clientHeight ?? 0) / 2 };
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}
