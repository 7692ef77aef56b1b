import type { Point } from "./boxes";
import { isObject } from "./json";
import { INPUTS_CARD, OUTPUTS_CARD } from "./subgraphs/cards";
import { linkOf, placeOf, type WorkflowDocument } from "./document";

const COLUMN = 320;
const ROW = 260;

/** Where nodes lie that nobody put anywhere: in columns from what is read to what reads. */
function usualPlaces(document: WorkflowDocument): ReadonlyMap<string, Point> {
  const lost = Object.keys(document.nodes).filter((name) => placeOf(document, name) === null);
  const found = new Map<string, Point>();
  if (lost.length === 0) return found;
  const columns = columnsOf(document);
  const rows = new Map<number, number>();
  for (const name of lost) {
    const column = columns.get(name) ?? 0;
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    found.set(name, { x: column * COLUMN, y: row * ROW });
  }
  return found;
}

/** The document with every node in a place. */
export function withUsualPlaces(document: WorkflowDocument): WorkflowDocument {
  const places = usualPlaces(document);
  if (places.size === 0) return document;
  const layout = { ...document.layout };
  for (const [name, { x, y }] of places) layout[name] = { ...(isObject(layout[name]) ? layout[name] : {}), x, y };
  return { ...document, layout };
}

/** Where a card of a subgraph's border lies: where it was put, or beside all nodes. */
export function borderPlace(document: WorkflowDocument, card: string): Point {
  const place = placeOf(document, card);
  if (place) return { x: place.x, y: place.y };
  const found = Object.keys(document.nodes).flatMap((name) => placeOf(document, name) ?? []);
  const places = found.length === 0 ? [{ x: 0, y: 0 }] : found;
  const xs = places.map(({ x }) => x);
  return { x: card === INPUTS_CARD ? Math.min(...xs) - COLUMN : Math.max(...xs) + COLUMN, y: Math.min(...places.map(({ y }) => y)) };
}

/** The subgraph with everything in a place that can be seen from inside. */
export function withPlacesInside(document: WorkflowDocument): WorkflowDocument {
  const placed = withUsualPlaces(document);
  const layout = { ...placed.layout };
  for (const card of [INPUTS_CARD, OUTPUTS_CARD]) layout[card] = { ...borderPlace(placed, card) };
  return { ...placed, layout };
}

/** How many links lie before each node, on the longest way; without recursion, as ways may be long. */
function columnsOf(document: WorkflowDocument): ReadonlyMap<string, number> {
  const readers = new Map<string, string[]>();
  const waitingFor = new Map<string, number>();
  for (const [name, { inputs }] of Object.entries(document.nodes)) {
    const sources = Object.values(inputs).flatMap((value) => linkOf(value)?.node ?? []).filter((source) => source in document.nodes);
    waitingFor.set(name, sources.length);
    for (const source of sources) readers.set(source, [...(readers.get(source) ?? []), name]);
  }
  const columns = new Map<string, number>();
  const ready = [...waitingFor].filter(([, count]) => count === 0).map(([name]) => name);
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    const column = columns.get(name) ?? 0;
    columns.set(name, column);
    for (const reader of readers.get(name) ?? []) {
      columns.set(reader, Math.max(columns.get(reader) ?? 0, column + 1));
      const left = (waitingFor.get(reader) as number) - 1;
      waitingFor.set(reader, left);
      if (left === 0) ready.push(reader);
    }
  }
  return columns;
}
