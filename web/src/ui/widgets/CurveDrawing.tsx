import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { plotOf } from "../../core/plot";
import { axisFor, rounded } from "../../core/sigmas";
import { text } from "../../text";

const words = text.drawing.curve;
const WIDTH = 240;
const HEIGHT = 130;
const MARGIN = 9;
const NOTCH = 0.02;

interface Props {
  readonly label: string;
  readonly levels: readonly number[];
  readonly logarithmic: boolean;
  move(index: number, level: number): void;
  add(after: number): void;
  remove(index: number): void;
  done(): void;
}

/** Levels over steps, as a line with a point for each. */
export function CurveDrawing({ label, levels, logarithmic, move, add, remove, done }: Props) {
  const drawing = useRef<SVGSVGElement>(null);
  const dragged = useRef<{ index: number; axis: ReturnType<typeof axisFor> } | null>(null);
  const axis = dragged.current?.axis ?? axisFor(levels, logarithmic); // it stays while a point is dragged
  const { across, up, path } = plotOf(levels, axis, { width: WIDTH, height: HEIGHT, margin: MARGIN });
  const at = (event: PointerEvent) => {
    const matrix = drawing.current?.getScreenCTM();
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix?.inverse());
    return { step: ((x - MARGIN) / (WIDTH - 2 * MARGIN)) * (levels.length - 1), share: (HEIGHT - MARGIN - y) / (HEIGHT - 2 * MARGIN) };
  };

  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    const point = (event.target as Element).closest<SVGElement>(".curve-point");
    if (point === null) {
      if ((event.target as Element).closest(".curve-path")) add(Math.min(levels.length - 2, Math.max(0, Math.floor(at(event).step))));
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    point.focus();
    dragged.current = { index: Number(point.dataset["index"]), axis };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (dragged.current === null) return;
    const { share } = at(event);
    move(dragged.current.index, logarithmic && share <= 0 && levels[dragged.current.index] === 0 ? 0 : axis.level(share));
  };
  const onPointerUp = () => {
    if (dragged.current === null) return;
    dragged.current = null;
    done();
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const level = levels[index] as number;
    const notch = event.shiftKey ? 5 * NOTCH : NOTCH;
    const go = (place: number) => drawing.current?.querySelectorAll<SVGElement>(".curve-point")[place]?.focus();
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      move(index, axis.level(axis.share(level) + (event.key === "ArrowUp" ? notch : -notch)));
    } else if (event.key === "ArrowLeft") go(index - 1);
    else if (event.key === "ArrowRight") go(index + 1);
    else if (event.key === "Delete" || event.key === "Backspace") {
      remove(index);
      go(Math.max(0, index - 1));
    } else if (event.key === "Insert" || event.key === "+") add(Math.min(levels.length - 2, index));
    else return;
    event.preventDefault();
  };

  return (
    <svg
      ref={drawing}
      className="curve-drawing nodrag nopan"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="group"
      aria-label={words.drawing(label)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
    >
      <title>{words.hint}</title>
      <path className="curve-axes" d={`M${MARGIN} ${MARGIN}V${HEIGHT - MARGIN}H${WIDTH - MARGIN}`} />
      <path className="curve-path wide" d={path} />
      <path className="curve-path" d={path} />
      {levels.map((level, index) => (
        <circle
          key={index}
          className="curve-point"
          data-index={index}
          cx={across(index)}
          cy={up(level)}
          r={levels.length > 24 ? 3 : 5}
          tabIndex={0}
          role="slider"
          aria-label={words.point(index + 1, label)}
          aria-valuenow={rounded(level)}
          aria-valuemin={0}
          aria-valuemax={rounded(Math.max(...levels))}
          aria-valuetext={words.value(String(rounded(level)), index)}
          onKeyDown={(event) => onKeyDown(event, index)}
          onBlur={done}
        />
      ))}
    </svg>
  );
}
