import { type RefObject, useEffect } from "react";
import type { Brush, Dab } from "../../core/painting/brush";
import type { PaintSession } from "../../core/painting/session";
import { inPicture, panned, pinched, type Point, type View, zoomed } from "../../core/painting/viewing";
import { filled } from "../../core/painting/whole";
import { useBrush } from "../../state/brush";

const PER_NOTCH = 0.0016;
const LEAST_PRESSURE = 0.05;
const PEN_ERASER = 32;

export interface Stage {
  readonly session: PaintSession;
  /** Whether the space bar is held: the pointer moves the picture. */
  readonly moving: RefObject<boolean>;
  view(): View;
  setView(view: View): void;
  /** The pointer is over this place of the picture, or nowhere. */
  hover(at: Point | null): void;
  /** Something was painted, undone or kept. */
  painted(): void;
}

/** What pointers do on the stage: paint, erase, fill, move and zoom, by mouse, pen and fingers. */
export function usePointers(element: RefObject<HTMLDivElement | null>, stage: RefObject<Stage>): void {
  useEffect(() => {
    const area = element.current;
    if (area === null) return;
    const pointers = new Map<number, Point>();
    let doing: "paint" | "move" | "pinch" | null = null;
    let penSeen = false;

    const place = ({ clientX, clientY }: MouseEvent): Point => {
      const { left, top } = area.getBoundingClientRect();
      return { x: clientX - left, y: clientY - top };
    };
    const dab = (event: PointerEvent): Dab => {
      const pressure = event.pointerType === "pen" ? Math.max(LEAST_PRESSURE, event.pressure) : 1;
      return { ...inPicture(stage.current.view(), place(event)), pressure };
    };
    const onDown = (event: PointerEvent) => {
      const { session, moving } = stage.current;
      event.preventDefault();
      area.focus({ preventScroll: true });
      area.setPointerCapture(event.pointerId);
      penSeen ||= event.pointerType === "pen";
      pointers.set(event.pointerId, place(event));
      if (pointers.size === 2) {
        session.abandon();
        doing = "pinch";
      }
      if (pointers.size > 1) return;
      const palm = event.pointerType === "touch" && penSeen; // with a pen in hand, fingers move the picture
      if (moving.current || event.button === 1 || palm) doing = "move";
      else paint(event);
    };
    const paint = (event: PointerEvent) => {
      const { session, painted } = stage.current;
      const { tool } = useBrush.getState();
      const away = event.button === 2 || event.altKey || (event.buttons & PEN_ERASER) !== 0;
      const at = dab(event);
      if (tool === "fill") session.apply((mask) => filled(mask, Math.floor(at.x), Math.floor(at.y), away ? 0 : 255));
      else {
        doing = "paint";
        session.begin(brushNow(away), at, event.shiftKey);
      }
      painted();
    };
    const onMove = (event: PointerEvent) => {
      const { session, view, setView, hover } = stage.current;
      const now = place(event);
      hover(event.pointerType === "touch" ? null : inPicture(view(), now));
      const before = pointers.get(event.pointerId);
      if (before === undefined) return;
      if (doing === "pinch" && pointers.size === 2) {
        const [one, other] = [...pointers.keys()] as [number, number];
        const from = [pointers.get(one) as Point, pointers.get(other) as Point] as const;
        pointers.set(event.pointerId, now);
        setView(pinched(view(), from, [pointers.get(one) as Point, pointers.get(other) as Point]));
      } else if (doing === "move") setView(panned(view(), now.x - before.x, now.y - before.y));
      else if (doing === "paint") {
        const all = event.getCoalescedEvents?.() ?? [];
        for (const each of all.length > 0 ? all : [event]) session.move(dab(each));
      }
      pointers.set(event.pointerId, now);
    };
    const onUp = (event: PointerEvent) => {
      if (!pointers.delete(event.pointerId)) return;
      if (doing === "paint") {
        stage.current.session.finish();
        stage.current.painted();
      }
      if (pointers.size === 0) doing = null;
      else if (doing === "pinch") doing = "move"; // one of two fingers is left
    };
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { view, setView } = stage.current;
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const speed = event.ctrlKey ? 5 * PER_NOTCH : PER_NOTCH; // browsers tell of a pinch on a trackpad like that
      setView(zoomed(view(), place(event), Math.exp(-event.deltaY * lines * speed)));
    };
    const onLeave = () => stage.current.hover(null);
    const noMenu = (event: Event) => event.preventDefault();

    area.addEventListener("pointerdown", onDown);
    area.addEventListener("pointermove", onMove);
    area.addEventListener("pointerup", onUp);
    area.addEventListener("pointercancel", onUp);
    area.addEventListener("pointerleave", onLeave);
    area.addEventListener("contextmenu", noMenu);
    area.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      area.removeEventListener("pointerdown", onDown);
      area.removeEventListener("pointermove", onMove);
      area.removeEventListener("pointerup", onUp);
      area.removeEventListener("pointercancel", onUp);
      area.removeEventListener("pointerleave", onLeave);
      area.removeEventListener("contextmenu", noMenu);
      area.removeEventListener("wheel", onWheel);
    };
  }, [element, stage]);
}

/** The brush as it is set; `away` turns painting into erasing and erasing into painting. */
export function brushNow(away: boolean): Brush {
  const { tool, size, hardness, opacity } = useBrush.getState();
  return { size, hardness, opacity, erase: (tool === "erase") !== away };
}

