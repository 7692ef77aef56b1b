import { type Json } from "./json";
import type { LiteralSchema } from "./schema";
import { WholeFloat } from "./wholeFloat";

/**
 * A value that somebody set, as the engine would write what the input takes: 4 for a float is `4.0`. Where the schema
 * takes integers too, or doesn't say, it stays.
 */
export function asTaken(value: Json, schema: LiteralSchema | null): Json {
  if (schema === null) return value;
  const kinds = (schema.anyOf ?? [schema]).filter(({ type }) => type !== "null");
  if (kinds.length === 0) return value;
  if (typeof value === "number") {
    return Number.isInteger(value) && kinds.every(({ type }) => type === "number") ? new WholeFloat(value) : value;
  }
  const lists = kinds.filter(({ type }) => type === "array");
  return Array.isArray(value) && lists.length === 1 ? value.map((each) => asTaken(each, lists[0]?.items ?? null)) : value;
}
