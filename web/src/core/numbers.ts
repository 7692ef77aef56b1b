import { text } from "../text";
import type { LiteralSchema } from "./schema";

type Checked = { value: number | bigint } | { wrong: string };

/** A number as it was typed, against its schema: its value, or what is wrong with it. */
export function checked(typed: string, schema: LiteralSchema): Checked {
  const trimmed = typed.trim();
  const integer = schema.type === "integer";
  if (integer && !/^[+-]?\d+$/.test(trimmed)) return { wrong: text.widget.notInteger };
  const value = Number(trimmed.replace(",", "."));
  if (trimmed === "" || !Number.isFinite(value)) return { wrong: text.widget.notNumber };
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined && value < minimum) return { wrong: text.widget.tooLow(minimum) };
  if (maximum !== undefined && value > maximum) return { wrong: text.widget.tooHigh(maximum) };
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return { wrong: text.widget.tooLow(exclusiveMinimum) };
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return { wrong: text.widget.tooHigh(exclusiveMaximum) };
  if (multipleOf !== undefined && Math.abs(value / multipleOf - Math.round(value / multipleOf)) > 1e-9) {
    return { wrong: text.widget.multiple(multipleOf) };
  }
  return { value: integer && !Number.isSafeInteger(value) ? BigInt(trimmed) : value };
}

/** What one notch of a wheel, key or drag adds. */
export function stepOf(schema: LiteralSchema): number {
  if (schema.multipleOf !== undefined) return schema.multipleOf;
  if (schema.type === "integer") return 1;
  const { minimum, maximum } = schema;
  if (minimum === undefined || maximum === undefined) return 0.1;
  const range = maximum - minimum;
  return range <= 2 ? 0.01 : range <= 20 ? 0.1 : 0.5;
}

/** The nearest number that the schema takes, without the dust of binary fractions. */
export function clamped(value: number, schema: LiteralSchema): number {
  const step = stepOf(schema);
  const low = schema.minimum ?? (schema.exclusiveMinimum === undefined ? -Infinity : schema.exclusiveMinimum + step);
  const high = schema.maximum ?? (schema.exclusiveMaximum === undefined ? Infinity : schema.exclusiveMaximum - step);
  const rounded = Number((Math.round(value / step) * step).toFixed(6));
  return Math.min(high, Math.max(low, rounded));
}
