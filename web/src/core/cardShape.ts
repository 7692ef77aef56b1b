/** About how large a card is, and where its ports are, before it was ever drawn in full. */
import type { Size } from "./boxes";
import { type DocumentNode, linkOf, type Place } from "./document";
import { hintOf, type InputSchema, type NodeSchema } from "./schema";
import { inputRows, type Row, split } from "./inputRows";
import { sides } from "./sizes";

export interface Port {
  readonly id: string;
  readonly kind: "source" | "target";
  readonly types: readonly string[];
  /** The middle of the port, from the top of the card. */
  readonly y: number;
}

export interface Shape {
  readonly width: number;
  readonly height: number;
  readonly ports: readonly Port[];
}

const WIDTH = 260;
const HEADER = 31;
const COLLAPSED = 14;
const ROW = 24.2;
const FIELD = 28.2;
const BELOW = 7;
/** The ratios below the height of what has a width, too. */
const RATIOS = 36;
const TALL: Readonly<Record<string, number>> = { multiline: 64, picture: 216, mask: 216, slider: 48, curve: 238 };

/** About how large a new card will be. */
export function newCardSize(schema: NodeSchema | undefined): Size {
  const { width, height } = shapeOf({ type: "", inputs: {} }, null, schema);
  return { width, height };
}

/** From the schema, by the measures of `card.css`; what was drawn is measured instead. */
export function shapeOf(node: DocumentNode, place: Place | null, schema: NodeSchema | undefined): Shape {
  const width = place?.width ?? WIDTH;
  const rows = schema ? inputRows(schema, node) : Object.keys(node.inputs).map((key): Row => ({ key, label: key, schema: null, open: false }));
  const outputs = schema?.outputs ?? [];
  const ports: Port[] = [];
  const add = (kind: Port["kind"], id: string, types: readonly string[], y: number) => ports.push({ id, kind, types, y });
  if (place?.collapsed) {
    const y = HEADER + COLLAPSED / 2;
    for (const { key, schema: input } of rows) add("target", key, input?.types ?? [], y);
    for (const { name, types } of outputs) add("source", name, types, y);
    return { width, height: Math.round(HEADER + COLLAPSED + 1), ports };
  }
  let y = HEADER + 4;
  for (const { name, types } of outputs) {
    add("source", name, types, y + ROW / 2);
    y += ROW;
  }
  const { shown, more } = split(rows, node);
  const hasRatios = sides(schema) !== null;
  for (const row of place?.open ? [...shown, ...more] : shown) {
    add("target", row.key, row.schema?.types ?? [], y + 13);
    y += ROW + (hasField(row, node) ? fieldHeight(row.schema as InputSchema) + (hasRatios && row.key === "height" ? RATIOS : 0) : 0);
  }
  if (more.length > 0) y += ROW;
  return { width, height: Math.round(y + BELOW), ports };
}

function hasField({ key, schema, open }: Row, node: DocumentNode): boolean {
  return schema?.literal != null && !open && linkOf(node.inputs[key]) === null;
}

function fieldHeight(input: InputSchema): number {
  return TALL[hintOf(input.literal) ?? ""] ?? FIELD;
}
