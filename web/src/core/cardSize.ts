import type { Size } from "./boxes";
import { USUAL } from "./items";
import { hintOf, type LiteralSchema, type NodeSchema } from "./schema";

const ROW = 26;
const FIELD = 58;
const HINTED: Readonly<Record<string, number>> = { multiline: 120, slider: 84, picture: 230, mask: 230 };

/** About how large a card will be, before it was drawn. */
export function expectedSize(schema: NodeSchema | undefined): Size {
  if (!schema) return USUAL;
  const many = schema.inputs.length > 4;
  const rows = schema.inputs.filter(({ required, literal }) => !many || required || literal === null || hintOf(literal) === "multiline");
  const height = rows.reduce((sum, { literal }) => sum + heightOf(literal), 0);
  return { width: USUAL.width, height: 44 + schema.outputs.length * ROW + height + (rows.length < schema.inputs.length ? ROW : 0) };
}

function heightOf(literal: LiteralSchema | null): number {
  return literal === null ? ROW : (HINTED[hintOf(literal) ?? ""] ?? FIELD);
}
