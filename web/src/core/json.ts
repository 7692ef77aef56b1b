import { text as texts } from "../text";
import { faultOf } from "./jsonFault";
import { plainText, WholeFloat } from "./wholeFloat";

/**
 * JSON as documents hold it. Integers beyond what a number keeps exactly are `bigint`, and floats that happen to be
 * whole are `WholeFloat`, so that what is read is written again as it was; `plain` makes numbers of the latter.
 */
export type Json = null | boolean | number | bigint | WholeFloat | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** What isn't JSON, told in words; `line` and `column` count from 1. */
export class NotJson extends Error {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
  }
}

type Raw = { rawJSON(text: string): unknown };
type Reviver = (key: string, value: unknown) => unknown;

/**
 * Parse JSON, every number exactly as it is there: a 64-bit seed, and `4.0`. Throws `NotJson`. Of an object, keys that
 * are whole numbers come first, as JavaScript has it.
 */
export function parseJson(text: string): Json {
  const content = text.startsWith("\ufeff") ? text.slice(1) : text;
  try {
    return JSON.parse(content, exactNumber as Reviver) as Json;
  } catch (error) {
    if (error instanceof NotJson) throw error;
    if (error instanceof RangeError) throw new NotJson(texts.reading.tooDeep, 1, 1);
    const { line, column, expected, got } = faultOf(content);
    throw new NotJson(texts.reading.fault(expected, got, line, column), line, column);
  }
}

function exactNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== "number" || source === undefined) return value;
  if (!Number.isFinite(value) && /[.eE]/.test(source)) throw new NotJson(texts.reading.tooLarge(source.slice(0, 40)), 1, 1);
  if (/[.eE]/.test(source)) return Number.isInteger(value) ? new WholeFloat(value) : value;
  return Number.isSafeInteger(value) ? value + 0 : BigInt(source);
}

/** Write JSON as `graphengine` does, each number in full. `indent` as for `JSON.stringify`. */
export function writeJson(value: Json, indent?: number): string {
  const raw = JSON as unknown as Raw;
  const exactly = (_key: string, each: unknown) => {
    if (typeof each === "bigint") return raw.rawJSON(each.toString());
    if (typeof each === "number" && Number.isFinite(each)) return raw.rawJSON(plainText(each));
    return each; // a WholeFloat writes itself
  };
  return JSON.stringify(value, exactly, indent);
}

/** A JSON object, not an array, not null and not a number. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof WholeFloat);
}

/** The same value with plain numbers alone, for what is only compared with: the limits of a schema. */
export function rounded(value: Json): Json {
  return mapNumbers(value, (number) => Number(number));
}

/** The same value, or the very same object, with numbers in place of whole floats, for what reckons with them. */
export function plain<T extends Json | undefined>(value: T): Exclude<T, WholeFloat> {
  const changed = value === undefined ? value : mapNumbers(value, (each) => (each instanceof WholeFloat ? each.value : each));
  return changed as Exclude<T, WholeFloat>;
}

type Numeric = number | bigint | WholeFloat;

function mapNumbers(value: Json, change: (number: Numeric) => Json): Json {
  if (typeof value === "number" || typeof value === "bigint" || value instanceof WholeFloat) return change(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((each) => mapNumbers(each, change));
    return items.every((each, index) => each === value[index]) ? value : items;
  }
  const entries = Object.entries(value).map(([key, each]) => [key, mapNumbers(each, change)] as const);
  return entries.every(([key, each]) => each === value[key]) ? value : Object.fromEntries(entries);
}
