import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import type { PaintSession } from "../../core/painting/session";
import { fitted, type Point, type View } from "../../core/painting/viewing";
import { useBrush } from "../../state/brush";
import { text } from "../../text";
import { type Stage as Pointing, usePointers } from "./usePointers";

interface Props {
  readonly session: PaintSession;
  /** The picture beneath, if there is one. */
  readonly address: string | null;
  readonly overlay: RefObject<HTMLCanvasElement | null>;
  readonly view: View | null;
  readonly moving: RefObject<boolean>;
  /** Where the keyboard's pen is, in the picture; null while it isn't used. */
  readonly pen: Point | null;
  readonly penDown: boolean;
  setView(view: View): void;
  /** Show all of it anew: there is another room for it. */
  refit(): void;
  painted(): void;
}

/** The picture with the mask on it, to paint on. */
export function Stage({ session, address, overlay, view, moving, pen, penDown, setView, refit, painted }: Props) {
  const area = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const size = useBrush((state) => state.size);
  const alone = useBrush((state) => state.alone);
  const tool = useBrush((state) => state.tool);
  const { width, height } = session.mask;
  const shown = useRef<View>(view ?? { scale: 1, x: 0, y: 0 });
  if (view !== null) shown.current = view;
  const hovered = useRef<Point | null>(null);

  const drawRing = () => {
    const at = hovered.current;
    if (ring.current === null) return;
    ring.current.hidden = at === null || tool === "fill";
    if (at === null) return;
    const { scale, x, y } = shown.current;
    const radius = Math.max(2, (size / 2) * scale);
    ring.current.style.transform = `translate(${x + at.x * scale - radius}px, ${y + at.y * scale - radius}px)`;
    ring.current.style.width = ring.current.style.height = `${2 * radius}px`;
  };
  const stage = useRef<Pointing>(null as unknown as Pointing);
  stage.current = {
    session,
    moving,
    painted,
    view: () => shown.current,
    setView: (next) => {
      shown.current = next; // events may come faster than the page is drawn
      setView(next);
    },
    hover: (at) => {
      hovered.current = at;
      drawRing();
    },
  };
  usePointers(area, stage);
  useLayoutEffect(() => {
    if (view === null && area.current) setView(fitted({ width, height }, box(area.current)));
  }, [view, width, height, setView]);
  useEffect(() => {
    const watched = new ResizeObserver(refit);
    watched.observe(area.current as HTMLDivElement);
    return () => watched.disconnect();
  }, [refit]);
  useEffect(() => {
    if (pen !== null) hovered.current = pen;
    drawRing();
  });

  return (
    <div
      ref={area}
      className={`paint-stage ${tool}`}
      tabIndex={0}
      role="application"
      aria-label={text.drawing.painter.stage(width, height)}
      aria-roledescription={text.drawing.painter.role}
    >
      <div
        className={`paint-picture ${alone ? "alone" : ""} ${shown.current.scale > 3 ? "pixels" : ""}`}
        style={{ ["--scale" as string]: shown.current.scale, width, height, transform: `translate(${shown.current.x}px, ${shown.current.y}px) scale(${shown.current.scale})` }}
      >
        {address && !alone ? <img src={address} alt="" width={width} height={height} draggable={false} /> : null}
        <canvas ref={overlay} width={width} height={height} />
      </div>
      <div ref={ring} className={`paint-ring ${penDown ? "down" : ""}`} hidden />
    </div>
  );
}

/** The room that there is for the picture. */
export function box(element: HTMLElement): { width: number; height: number } {
  return { width: element.clientWidth, height: element.clientHeight };
}
