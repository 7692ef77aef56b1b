/** What the small map of a graph shows. */
import { type Box, boundsOf, type Point, type Size } from "./boxes";

/** Pixels of the map around what it shows. */
const ROOM = 5;

/** The part of the graph that a map of this size has in it: all that lies there and all that is seen, in the middle. */
export function mapped(around: Box | null, seen: Box, { width, height }: Size): Box {
  const shown = boundsOf(around ? [around, seen] : [seen]) as Box;
  const scale = Math.max(shown.width / (width - 2 * ROOM), shown.height / (height - 2 * ROOM)) || 1;
  const [wide, high] = [width * scale, height * scale];
  return { x: shown.x - (wide - shown.width) / 2, y: shown.y - (high - shown.height) / 2, width: wide, height: high };
}

/** Boxes as one path: one element, however many there are. */
export function boxesPath(boxes: Iterable<Box>): string {
  let path = "";
  for (const { x, y, width, height } of boxes) path += `M${x} ${y}h${width}v${height}h${-width}z`;
  return path;
}

/** The part of the graph that is seen through a canvas of this size. */
export function seenThrough([x, y, zoom]: readonly [number, number, number], { width, height }: Size): Box {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}

/** The place of the graph that a place of the map stands for, that given as a part of the map's width and height. */
export function placeOn(map: Box, part: Point): Point {
  return { x: map.x + part.x * map.width, y: map.y + part.y * map.height };
}
