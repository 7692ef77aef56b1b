/** How a link is drawn: from an output through its way points to an input, without corners. */
import type { Box, Point } from "./boxes";

/** A cubic Bézier curve: its start, two control points, its end. */
export type Curve = readonly [Point, Point, Point, Point];

/** A curve from each point to the next. It leaves and arrives to the right, and doesn't swing out beside its points. */
export function curvesThrough(from: Point, points: readonly Point[], to: Point): Curve[] {
  const stops = [from, ...points, to];
  const curves: Curve[] = [];
  for (let index = 0; index + 1 < stops.length; index++) {
    const [start, end] = [stops[index] as Point, stops[index + 1] as Point];
    const leave = reach(stops, index, start, end);
    const arrive = reach(stops, index + 1, start, end);
    curves.push([start, { x: start.x + leave.x, y: start.y + leave.y }, { x: end.x - arrive.x, y: end.y - arrive.y }, end]);
  }
  return curves;
}

/** How far the curve from `start` to `end` follows the direction that the line has at a stop. */
function reach(stops: readonly Point[], index: number, start: Point, end: Point): Point {
  const across = end.x - start.x;
  const length = Math.hypot(across, end.y - start.y);
  const [before, here, after] = [stops[index - 1], stops[index] as Point, stops[index + 1]];
  if (!before || !after) return { x: across >= 0 ? across / 2 : Math.min(6 * Math.sqrt(-across), length), y: 0 };
  const [left, right] = [here.x - before.x, after.x - here.x];
  if (left > 0 && right > 0) {
    const slope = between((here.y - before.y) / left, (after.y - here.y) / right);
    return { x: across * 0.4, y: across * 0.4 * slope };
  }
  const [x, y] = [after.x - before.x, after.y - before.y];
  const whole = Math.hypot(x, y) || 1;
  return { x: (x / whole) * length * 0.35, y: (y / whole) * length * 0.35 };
}

/** The slope at a stop between two: level where it turns, so that the line stays between its stops. */
function between(before: number, after: number): number {
  return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
}

/** As the `d` of an SVG path. */
export function pathOf(curves: readonly Curve[]): string {
  const [first] = curves;
  if (!first) return "";
  const point = ({ x, y }: Point) => `${round(x)},${round(y)}`;
  return `M${point(first[0])} ${curves.map(([, a, b, end]) => `C${point(a)} ${point(b)} ${point(end)}`).join(" ")}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A point of a curve; `t` goes from 0 to 1. */
export function pointOn([start, a, b, end]: Curve, t: number): Point {
  const s = 1 - t;
  const at = (axis: "x" | "y") =>
    s * s * s * start[axis] + 3 * s * s * t * a[axis] + 3 * s * t * t * b[axis] + t * t * t * end[axis];
  return { x: at("x"), y: at("y") };
}

const STEPS = 24;

/** Which of the curves passes nearest to a point: a new way point there comes after so many others. */
export function nearestCurve(curves: readonly Curve[], point: Point): number {
  let nearest = 0;
  let least = Infinity;
  for (const [index, curve] of curves.entries()) {
    for (let step = 0; step <= STEPS; step++) {
      const { x, y } = pointOn(curve, step / STEPS);
      const distance = Math.hypot(x - point.x, y - point.y);
      if (distance < least) [least, nearest] = [distance, index];
    }
  }
  return nearest;
}

/** Which of the boxes the line runs through. */
export function hits<B extends Box>(curves: readonly Curve[], boxes: readonly B[]): B[] {
  const hit = new Set<B>();
  for (const curve of curves) {
    for (let step = 0; step <= STEPS; step++) {
      const { x, y } = pointOn(curve, step / STEPS);
      for (const box of boxes) {
        if (x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height) hit.add(box);
      }
    }
  }
  return [...hit];
}
