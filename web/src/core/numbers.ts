import { text } from "../text";
import type { LiteralSchema } from "./schema";
import { valueOf } from "./sums";

const COARSE = 10;
const FINE = 0.1;

type Checked = { value: number | bigint } | { wrong: string };

/** A number, or a sum, as it was typed, against its schema: its value, or what is wrong with it. */
export function checked(typed: string, schema: LiteralSchema): Checked {
  const reckoned = valueOf(typed);
  if (reckoned === null) return { wrong: schema.type === "integer" ? text.widget.notInteger : text.widget.notNumber };
  const exact = tidy(reckoned);
  if (schema.type === "integer" && typeof exact === "number" && !Number.isInteger(exact)) return { wrong: text.widget.notWhole(exact) };
  const wrong = outside(Number(exact), schema);
  return wrong === null ? { value: exact } : { wrong };
}

/** What is wrong with a number by its schema, in words; null if nothing is. */
export function outside(value: number, schema: LiteralSchema): string | null {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined && value < minimum) return text.widget.tooLow(minimum, value);
  if (maximum !== undefined && value > maximum) return text.widget.tooHigh(maximum, value);
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return text.widget.notMore(exclusiveMinimum, value);
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return text.widget.notLess(exclusiveMaximum, value);
  const isMultiple = multipleOf === undefined || Math.abs(value / multipleOf - Math.round(value / multipleOf)) < 1e-9;
  return isMultiple ? null : text.widget.multiple(multipleOf, value);
}

/** A large integer where a number would lose digits of it, else a number without the dust of binary fractions. */
function tidy(value: number | bigint): number | bigint {
  if (typeof value === "bigint") return value >= -BigInt(Number.MAX_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
  return Number(value.toPrecision(15));
}

/** What one notch of a wheel, key or drag adds. */
export function stepOf(schema: LiteralSchema): number {
  const given = schema.step ?? schema.multipleOf;
  if (given !== undefined) return given;
  if (schema.type === "integer") return 1;
  const { minimum = schema.exclusiveMinimum, maximum = schema.exclusiveMaximum } = schema;
  if (minimum === undefined || maximum === undefined) return 0.1;
  const range = maximum - minimum;
  return range <= 2 ? 0.01 : range <= 20 ? 0.1 : 0.5;
}

/** How much coarser or finer than a notch: with Shift ten times, with Alt a tenth, of integers never less than one. */
export function pace({ shiftKey, altKey }: { shiftKey: boolean; altKey: boolean }, schema: LiteralSchema): number {
  if (shiftKey) return COARSE;
  return altKey && schema.type !== "integer" ? FINE : 1;
}

/** A value some notches on, within what the schema takes; of large integers exactly. */
export function stepped(value: number | bigint, notches: number, schema: LiteralSchema): number | bigint {
  const by = notches * stepOf(schema);
  const isLarge = typeof value === "bigint" || !Number.isSafeInteger(Math.trunc(value + by));
  if (!isLarge || !Number.isInteger(by)) return clamped(Number(value) + by, schema, Number.isInteger(notches) ? 1 : FINE);
  const exact = BigInt(value) + BigInt(by);
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (Number(exact) >= maximum) return value;
  return Number(exact) < minimum ? minimum : tidy(exact);
}

/** The nearest number that the schema takes: on a notch, or on a share of one, unless it is a limit. */
export function clamped(value: number, schema: LiteralSchema, share = 1): number {
  const step = stepOf(schema) * share;
  const low = schema.minimum ?? (schema.exclusiveMinimum === undefined ? -Infinity : schema.exclusiveMinimum + step);
  const high = schema.maximum ?? (schema.exclusiveMaximum === undefined ? Infinity : schema.exclusiveMaximum - step);
  const rounded = Number((Math.round(value / step) * step).toFixed(8));
  return Math.min(high, Math.max(low, rounded));
}
