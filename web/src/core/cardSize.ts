import type { Size } from "./boxes";
import { USUAL } from "./items";
import type { NodeSchema } from "./schema";

/** About how large a card will be, before it was drawn. */
export function expectedSize(schema: NodeSchema | undefined): Size {
  if (!schema) return USUAL;
  const many = schema.inputs.length > 4;
  const rows = schema.inputs.filter(({ required, literal }) => !many || required || literal === null || literal.widget === "multiline");
  const height = rows.reduce((sum, { literal }) => sum + (literal === null ? 26 : literal.widget === "multiline" ? 96 : 58), 0);
  return { width: USUAL.width, height: 44 + schema.outputs.length * 26 + height + (rows.length < schema.inputs.length ? 26 : 0) };
}
