/** Way points of links, in the layout under `route/NODE.INPUT`, the input that reads. */
import { isDistance, type Point } from "./boxes";
import { linkOf, type WorkflowDocument } from "./document";
import { isObject, type JsonObject } from "./json";

const PREFIX = "route/";
const NONE: readonly Point[] = [];

export function routeKey(node: string, input: string): string {
  return `${PREFIX}${node}.${input}`;
}

/** The way points of a link, in order; the same array as long as they are the same. */
export function pointsOf(document: WorkflowDocument, node: string, input: string): readonly Point[] {
  return pointsIn(document.layout[routeKey(node, input)]);
}

function pointsIn(route: unknown): readonly Point[] {
  const points = isObject(route) ? route["points"] : undefined;
  const whole =
    Array.isArray(points) &&
    points.every((point) => isObject(point) && isDistance(point["x"]) && isDistance(point["y"]));
  return whole ? (points as unknown as readonly Point[]) : NONE;
}

/** Give a link these way points; none take its entry away. */
export function setPoints(
  document: WorkflowDocument,
  node: string,
  input: string,
  points: readonly Point[],
): WorkflowDocument {
  const key = routeKey(node, input);
  if (points.length === 0 && !(key in document.layout)) return document;
  const { [key]: _, ...others } = document.layout;
  if (points.length === 0) return { ...document, layout: others };
  const rounded = points.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
  return { ...document, layout: { ...document.layout, [key]: { points: rounded } } };
}

/** The node and the input that a key of a route names, or null for other keys. */
export function endOfRoute(key: string): { node: string; input: string } | null {
  const dot = key.indexOf(".");
  if (!key.startsWith(PREFIX) || dot < 0) return null;
  return { node: key.slice(PREFIX.length, dot), input: key.slice(dot + 1) };
}

/** Way points move with their link, where both of its ends were moved. */
export function carryRoutes(document: WorkflowDocument, moves: ReadonlyMap<string, Point>): WorkflowDocument {
  let layout: JsonObject | null = null;
  for (const key of Object.keys(document.layout)) {
    const end = endOfRoute(key);
    const by = end && moves.get(end.node);
    const source = end && linkOf(document.nodes[end.node]?.inputs[end.input]);
    if (!by || !source || !moves.has(source.node)) continue;
    layout ??= { ...document.layout };
    layout[key] = { points: pointsIn(layout[key]).map(({ x, y }) => ({ x: x + by.x, y: y + by.y })) };
  }
  return layout === null ? document : { ...document, layout };
}

/** The layout with every route's key changed by `rename`: null takes the route away. */
export function renameRoutes(
  layout: Readonly<JsonObject>,
  rename: (node: string, input: string) => string | null,
): Readonly<JsonObject> {
  if (!Object.keys(layout).some((key) => key.startsWith(PREFIX))) return layout;
  const renamed: JsonObject = {};
  for (const [key, value] of Object.entries(layout)) {
    const end = endOfRoute(key);
    const name = end === null ? key : rename(end.node, end.input);
    if (name !== null) renamed[name] = value;
  }
  return renamed;
}
