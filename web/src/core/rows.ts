/** Lists and named values as rows of text: read by the schema of what they hold. */
import { isObject, type Json, type JsonObject, type NotJson, parseJson, writeJson } from "./json";
import { checked } from "./numbers";
import type { LiteralSchema } from "./schema";

type Read = { value: Json } | { wrong: string };

/** What was typed as one item: a number or a sum, a text as it is, or else JSON, where a text needs no quotes. */
export function readItem(typed: string, schema: LiteralSchema): Read {
  const { type } = schema;
  if (type === "integer" || type === "number") return checked(typed, schema);
  if (type === "string") return { value: typed };
  try {
    return { value: parseJson(typed) };
  } catch (error) {
    return takesText(schema) ? { value: typed } : { wrong: (error as NotJson).message };
  }
}

/** Whether a text is among what a schema takes. */
export function takesText({ type, anyOf }: LiteralSchema): boolean {
  return type === undefined ? (anyOf?.some(takesText) ?? true) : type === "string";
}

/** An item as people would type it. */
export function shownItem(value: Json, schema: LiteralSchema): string {
  if (typeof value !== "string") return writeJson(value);
  // A text that would be read as something else, such as "5", keeps its quotes where there is a choice.
  return schema.type === "string" || !isJson(value) ? value : writeJson(value);
}

function isJson(typed: string): boolean {
  try {
    parseJson(typed);
    return true;
  } catch {
    return false;
  }
}

/** What a text that is pasted into one row would be as several: its lines, or else what commas and tabs part. */
export function pastedItems(pasted: string, schema: LiteralSchema): string[] {
  const json = pasted.trim().startsWith("[") ? listIn(pasted) : null;
  if (json) return json.map((item) => shownItem(item, schema));
  const lines = pasted.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  if (lines.length > 1 || schema.type === "string") return lines;
  return pasted.split(/[,;\t ]+/).map((part) => part.trim()).filter(Boolean);
}

function listIn(pasted: string): readonly Json[] | null {
  try {
    const value = parseJson(pasted);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** A list with an item at another place. */
export function movedItem<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  return to < 0 || to > rest.length ? [...list] : [...rest.slice(0, to), list[from] as T, ...rest.slice(to)];
}

/** What a new row begins with. */
export function newItem(list: readonly Json[], schema: LiteralSchema): Json {
  if (schema.type === "string") return "";
  return list.at(-1) ?? (schema.type === "integer" || schema.type === "number" ? (schema.minimum ?? 0) : "");
}

/** Named values with one under another name, in its place; null where that name is taken. */
export function renamedKey(values: JsonObject, old: string, name: string): JsonObject | null {
  if (name === old) return values;
  if (name in values) return null;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key === old ? name : key, value]));
}

/** A name that no value has yet. */
export function freeKey(values: JsonObject): string {
  for (let number = Object.keys(values).length + 1; ; number++) if (!(`name${number}` in values)) return `name${number}`;
}

/** The list that a value is; what is no list is none. */
export const listOf = (value: Json | undefined): readonly Json[] | null => (Array.isArray(value) ? value : null);

export const namedOf = (value: Json | undefined): JsonObject | null => (isObject(value) ? value : null);
