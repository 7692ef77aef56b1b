import type { Point } from "../../core/boxes";
import { curvesThrough, nearestCurve, pointOn } from "../../core/curves";
import { linkOf, linksOf, placeOf, type WorkflowDocument } from "../../core/document";
import { disconnect } from "../../core/edits";
import { USUAL } from "../../core/items";
import { pointsOf, setPoints } from "../../core/routes";
import { text } from "../../text";
import { useCanvasSettings } from "../canvasSettings";
import { activeSchemas } from "../schemas";
import { activeEditor } from "../tabs";
import { inGraph, port, snappedPoint } from "../view";

interface LinkEnd {
  readonly node: string;
  readonly input: string;
}

/** The links that are selected, each by the input that reads. */
export function chosenLinks(): LinkEnd[] {
  return activeEditor().getState().links.map((link) => {
    const dot = link.indexOf(".");
    return { node: link.slice(0, dot), input: link.slice(dot + 1) };
  });
}

/** Whether something is linked to an input. */
export function isLinked({ node, input }: LinkEnd): boolean {
  return linkOf(activeEditor().getState().document.nodes[node]?.inputs[input]) !== null;
}

/** Take the link of an input away. */
export function unlink(end: LinkEnd): void {
  activeEditor().getState().edit(text.actions.disconnect, (document) => disconnect(document, [end], activeSchemas()));
}

export const hasLinks = (): boolean => activeEditor().getState().links.length > 0;

export function hasRoutes(): boolean {
  const { document } = activeEditor().getState();
  return chosenLinks().some(({ node, input }) => pointsOf(document, node, input).length > 0);
}

/** A link gets a way point at a place of the window. */
export function addPointAt(node: string, input: string, at: Point): void {
  const place = inGraph(at);
  if (place) activeEditor().getState().edit(text.actions.addRoute, (document) => withPoint(document, node, input, place));
}

/** Each chosen link gets a way point in its middle. */
export function addPoints(): void {
  activeEditor().getState().edit(text.actions.addRoute, (document) =>
    chosenLinks().reduce((changed, { node, input }) => withPoint(changed, node, input, null), document),
  );
}

/** The chosen links lose their way points. */
export function straighten(): void {
  activeEditor().getState().edit(text.actions.removeRoute, (document) =>
    chosenLinks().reduce((changed, { node, input }) => setPoints(changed, node, input, []), document),
  );
}

/** The node whose links are gone through. */
let walked: string | null = null;

/** Select the next of the links of the selected node, or of the one whose links are gone through already. */
export function walkLinks(): void {
  const { document, selection, links, select } = activeEditor().getState();
  const [link] = links;
  const all = linksOf(document).map(({ to, input, from }) => ({ key: `${to}.${input}`, ends: [to, from.node] }));
  const ends = all.find(({ key }) => key === link)?.ends ?? [];
  const chosen = selection.find((name) => name in document.nodes);
  if (chosen !== undefined) walked = chosen;
  else if (walked === null || !ends.includes(walked)) walked = ends[0] ?? null;
  const own = all.filter((each) => walked === null || each.ends.includes(walked)).map(({ key }) => key);
  const next = own[(own.indexOf(link ?? "") + 1) % own.length];
  if (next !== undefined) select([], [next]);
}

function withPoint(document: WorkflowDocument, node: string, input: string, at: Point | null): WorkflowDocument {
  const link = linkOf(document.nodes[node]?.inputs[input]);
  if (link === null) return document;
  const points = pointsOf(document, node, input);
  const from = endAt(document, link.node, "source", link.output);
  const curves = curvesThrough(from, points, endAt(document, node, "target", input));
  const index = at ? nearestCurve(curves, at) : Math.floor((curves.length - 1) / 2);
  const place = at ?? pointOn(curves[index] as (typeof curves)[number], 0.5);
  const snapped = useCanvasSettings.getState().snap ? snappedPoint(place) : place;
  return setPoints(document, node, input, points.toSpliced(index, 0, snapped));
}

function endAt(document: WorkflowDocument, node: string, kind: "source" | "target", name: string): Point {
  const { x, y } = placeOf(document, node) ?? { x: 0, y: 0 };
  const at = port(node, kind, name) ?? { x: kind === "source" ? USUAL.width : 0, y: USUAL.height / 2 };
  return { x: x + at.x, y: y + at.y };
}
