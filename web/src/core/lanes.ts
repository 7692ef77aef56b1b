/** Ways around cards for the links of an automatic layout. */
import type { Box, Point } from "./boxes";
import { curvesThrough, hits } from "./curves";

/** Where a port is, from its card's upper left corner; null if it was never drawn. */
export type PortPlace = (node: string, kind: "source" | "target", name: string) => Point | null;

/** A link between cards of the layout. */
export interface Line {
  readonly from: string;
  readonly output: string;
  readonly to: string;
  readonly input: string;
}

/** How far links keep from cards, and from each other. */
const CLEAR = 6;
const BESIDE = 20;
const APART = 20;

interface Route {
  readonly line: Line;
  readonly points: readonly Point[];
  /** The cards that the link passes. */
  readonly passed: readonly Box[];
}

/**
 * The way points of each link: none, or, of one that would run behind cards, those of a way through the lanes that
 * the layout left for it. `lanes`: where, in each column that a link crosses, there is room for it.
 */
export function routesAround(
  boxes: ReadonlyMap<string, Box>,
  lines: readonly Line[],
  port: PortPlace,
  lanes: (line: Line) => readonly Point[],
): Map<Line, readonly Point[]> {
  const columns = columnsOf([...boxes.values()]);
  const walls = [...boxes].map(([name, { x, y, width, height }]) => ({ name, x: x - CLEAR, y: y - CLEAR, width: width + 2 * CLEAR, height: height + 2 * CLEAR }));
  const routes: Route[] = [];
  const found = new Map<Line, readonly Point[]>(lines.map((line) => [line, []]));
  for (const line of lines) {
    const [from, to] = endsOf(line, boxes, port);
    const between = walls.filter(({ name, x, width }) => name !== line.from && name !== line.to && x < to.x && x + width > from.x);
    const straight = hits(curvesThrough(from, [], to), between).length;
    if (straight === 0) continue;
    const points = columns
      .filter(({ left, right }) => left > from.x && right < to.x)
      .flatMap(({ left, right }) => {
        const lane = lanes(line).find(({ x }) => x > left && x < right);
        return lane ? [{ x: left - BESIDE, y: lane.y }, { x: right + BESIDE, y: lane.y }] : [];
      });
    if (hits(curvesThrough(from, points, to), between).length < straight) routes.push({ line, points, passed: between });
  }
  for (const { line, points } of closer(routes)) found.set(line, withoutThoseOnTheWay(points));
  return found;
}

function endsOf(line: Line, boxes: ReadonlyMap<string, Box>, port: PortPlace): [Point, Point] {
  const [start, end] = [boxes.get(line.from) as Box, boxes.get(line.to) as Box];
  const out = port(line.from, "source", line.output) ?? { x: start.width, y: start.height / 2 };
  const into = port(line.to, "target", line.input) ?? { x: 0, y: end.height / 2 };
  return [{ x: start.x + out.x, y: start.y + out.y }, { x: end.x + into.x, y: end.y + into.y }];
}

/** The columns that the cards stand in, from left to right. */
function columnsOf(boxes: readonly Box[]): { left: number; right: number }[] {
  const columns: { left: number; right: number }[] = [];
  for (const { x, width } of [...boxes].sort((a, b) => a.x - b.x)) {
    const last = columns.at(-1);
    if (last && x < last.right) last.right = Math.max(last.right, x + width);
    else columns.push({ left: x, right: x + width });
  }
  return columns;
}

/** Ways that lead above or below all that they pass become level, as near to it and to each other as they may be. */
function closer(routes: readonly Route[]): Route[] {
  const taken: { left: number; right: number; y: number }[] = [];
  const length = ({ points }: Route) => (points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0);
  return [...routes]
    .sort((a, b) => length(a) - length(b))
    .map((route) => {
      const { points, passed } = route;
      const [left, right] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 0];
      const across = passed.filter(({ x, width }) => x < right && x + width > left);
      const [top, bottom] = [Math.min(...across.map(({ y }) => y)), Math.max(...across.map(({ y, height }) => y + height))];
      const above = points.every(({ y }) => y <= top);
      if (!above && !points.every(({ y }) => y >= bottom)) return route;
      const others = taken.filter((lane) => lane.left < right && lane.right > left).map(({ y }) => y);
      const step = above ? -APART : APART;
      let y = (above ? top : bottom) + step;
      while (others.some((other) => Math.abs(other - y) < APART)) y += step;
      taken.push({ left, right, y });
      return { ...route, points: points.map(({ x }) => ({ x, y })) };
    });
}

/** Of way points on one level, those between the first and the last are of no use. */
function withoutThoseOnTheWay(points: readonly Point[]): Point[] {
  return points.filter(({ y }, index) => points[index - 1]?.y !== y || points[index + 1]?.y !== y);
}
