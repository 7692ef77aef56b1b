/** JSON as documents hold it; integers beyond what a number keeps exactly are `bigint`. */
export type Json = null | boolean | number | bigint | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A float that happens to be whole; written with its fraction. */
export class WholeFloat {
  constructor(readonly value: number) {}
}

type RawJson = { rawJSON(text: string): unknown };

/** Parse JSON and keep every integer exact, so that a 64-bit seed survives. Throws `SyntaxError`. */
export function parseJson(text: string): Json {
  const revive = (_key: string, value: unknown, context?: { source?: string }): unknown => {
    const source = context?.source;
    const rounded = typeof value === "number" && !Number.isSafeInteger(value);
    return rounded && source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value;
  };
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown) as Json;
}

/** Write JSON, big integers in full and whole floats as such. `indent` as for `JSON.stringify`. */
export function writeJson(value: Json, indent?: number): string {
  const raw = JSON as unknown as RawJson;
  return JSON.stringify(
    value,
    (_key, each: unknown) => {
      if (typeof each === "bigint") return raw.rawJSON(each.toString());
      if (each instanceof WholeFloat) return raw.rawJSON(each.value.toFixed(1));
      return each;
    },
    indent,
  );
}

/** A JSON object, not an array and not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same value with plain numbers alone, for what is only compared with: the limits of a schema. */
export function rounded(value: Json): Json {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rounded(each)]));
}
