import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { fitted, panned, pinched, type Point, type View, zoomed } from "../../core/painting/viewing";
import { text } from "../../text";
import { Icon } from "../Icon";

const words = text.running.gallery;
const PER_NOTCH = 0.0016;
const STEP = 1.3;
const PAN = 40;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] };

interface Props {
  address: string;
  width: number;
  height: number;
  title: string;
}

/** A picture that is zoomed by wheel, pinch, buttons and keys, and moved by dragging it and by Shift with arrow keys. */
export function ZoomStage({ address, width, height, title }: Props) {
  const area = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View | null>(null);
  const size = useRef({ width: 0, height: 0 });
  const fit = () => setView(fitted({ width, height }, size.current, 8));
  const by = (factor: number) => setView((now) => now && zoomed(now, { x: size.current.width / 2, y: size.current.height / 2 }, factor));

  useLayoutEffect(() => {
    const watcher = new ResizeObserver(([entry]) => {
      const { width: wide, height: high } = (entry as ResizeObserverEntry).contentRect;
      size.current = { width: wide, height: high };
      setView(fitted({ width, height }, size.current, 8));
    });
    watcher.observe(area.current as HTMLDivElement);
    return () => watcher.disconnect();
  }, [width, height]);
  usePointers(area, setView);

  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = event.shiftKey ? ARROWS[event.key] : undefined;
    if (event.key === "+" || event.key === "=") by(STEP);
    else if (event.key === "-") by(1 / STEP);
    else if (event.key === "0") fit();
    else if (arrow) setView((now) => now && panned(now, ...arrow));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div ref={area} className="viewer-zoom" tabIndex={0} role="group" aria-label={words.zoomHint} onKeyDown={onKeyDown} onDoubleClick={fit}>
        {view ? (
          <img
            src={address}
            alt={title}
            draggable={false}
            width={width}
            height={height}
            style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`, imageRendering: view.scale > 3 ? "pixelated" : "auto" }}
          />
        ) : null}
      </div>
      <div className="viewer-tools">
        <button type="button" className="icon" aria-label={words.zoomOut} title={words.zoomOut} onClick={() => by(1 / STEP)}>
          <Icon name="minus" />
        </button>
        <span>{view ? `${Math.round(view.scale * 100)} %` : ""}</span>
        <button type="button" className="icon" aria-label={words.zoomIn} title={words.zoomIn} onClick={() => by(STEP)}>
          <Icon name="plus" />
        </button>
        <button type="button" className="icon" aria-label={words.fit} title={words.fit} onClick={fit}>
          <Icon name="fit" />
        </button>
      </div>
    </>
  );
}

/** Dragging, pinching and the wheel. */
function usePointers(area: { current: HTMLDivElement | null }, setView: (change: (view: View | null) => View | null) => void): void {
  useEffect(() => {
    const element = area.current as HTMLDivElement;
    const pointers = new Map<number, Point>();
    const place = ({ clientX, clientY }: MouseEvent): Point => {
      const { left, top } = element.getBoundingClientRect();
      return { x: clientX - left, y: clientY - top };
    };
    const onDown = (event: PointerEvent) => {
      if (event.button > 1) return;
      element.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, place(event));
    };
    const onMove = (event: PointerEvent) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = place(event);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, now);
      setView((view) => view && (other ? pinched(view, [before, other], [now, other]) : panned(view, now.x - before.x, now.y - before.y)));
    };
    const onUp = (event: PointerEvent) => void pointers.delete(event.pointerId);
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const speed = (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1) * (event.ctrlKey ? 5 : 1) * PER_NOTCH;
      const at = place(event);
      setView((view) => view && zoomed(view, at, Math.exp(-event.deltaY * speed)));
    };
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerup", onUp);
    element.addEventListener("pointercancel", onUp);
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerup", onUp);
      element.removeEventListener("pointercancel", onUp);
      element.removeEventListener("wheel", onWheel);
    };
  }, [area, setView]);
}
