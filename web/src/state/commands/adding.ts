import { type Point, type Size, snapped } from "../../core/boxes";
import { newCardSize } from "../../core/cardShape";
import type { WorkflowDocument } from "../../core/document";
import { addNode } from "../../core/edits";
import { freePlace } from "../../core/freePlace";
import { boxOf, itemKeys, kindOf } from "../../core/items";
import { fittingPort } from "../../core/linking";
import { type NodeSchema, words } from "../../core/schema";
import { linkPorts } from "../../core/subgraphs/border";
import { text } from "../../text";
import type { Adding } from "../page";
import { activeSchemas } from "../schemas";
import { activeEditor } from "../tabs";
import { centre, GRID, sizes } from "../view";

const BESIDE = 72;

/** Add a node: where it was asked for, linked with the port that was dragged from; else at a free place. */
export function add(schema: NodeSchema, { at, port }: Adding): void {
  const editor = activeEditor();
  const catalogue = activeSchemas();
  const size = newCardSize(schema);
  let added = "";
  editor.getState().edit(text.actions.add(words(schema.type)), (before) => {
    const place = at === null ? freeFor(before, size) : { x: port?.kind === "input" ? at.x - size.width : at.x, y: at.y };
    const [changed, name] = addNode(before, schema.type, { x: Math.round(place.x), y: Math.round(place.y) });
    added = name;
    const fit = port && fittingPort(before, catalogue, port, schema);
    if (!port || !fit) return changed;
    const ends =
      port.kind === "output"
        ? { source: port.node, sourceHandle: port.name, target: name, targetHandle: fit.name }
        : { source: name, sourceHandle: fit.name, target: port.node, targetHandle: port.name };
    return linkPorts(changed, catalogue, ends);
  });
  editor.getState().select([added]);
}

/**
 * Where something new lies on nothing else: at the wanted place, right of the one node that is selected, or in the
 * middle of what is seen. `expected`: how large those nodes will be that weren't drawn yet.
 */
export function freeFor(
  document: WorkflowDocument,
  size: Size,
  wanted: Point | null = null,
  expected: ReadonlyMap<string, Size> = new Map(),
): Point {
  const drawn = new Map([...expected, ...sizes()]);
  const [only, ...more] = activeEditor().getState().selection;
  const beside = only !== undefined && more.length === 0 && only in document.nodes ? boxOf(document, only, drawn) : null;
  const middle = centre();
  const at = wanted ?? (beside ? { x: beside.x + beside.width + BESIDE, y: beside.y } : { x: middle.x - size.width / 2, y: middle.y - size.height / 2 });
  const keys = [...Object.keys(document.nodes), ...itemKeys(document).filter((key) => kindOf(key) === "note")];
  const boxes = keys.map((key) => boxOf(document, key, drawn)).filter((box) => box !== null);
  return freePlace({ x: snapped(at.x, GRID), y: snapped(at.y, GRID), ...size }, boxes);
}
