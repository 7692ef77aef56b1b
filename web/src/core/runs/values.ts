/** The values that nodes have made, as people read them. */
import { isObject, type Json, writeJson } from "../json";
import { rounded } from "../sigmas";

/** Values by output; `cut`: of those that were told in part, how many characters or items they have in all. */
export interface NodeValues {
  readonly values?: Readonly<Record<string, Json>>;
  readonly cut?: Readonly<Record<string, number>>;
}

/** A value that is a line over steps, such as a schedule of noise levels. */
export interface CurveValue {
  readonly levels: readonly number[];
  /** How many there are, of which as many are told as a small drawing shows. */
  readonly steps: number;
}

const LINE = 60;

export function curveOf(value: Json): CurveValue | null {
  const levels = isObject(value) ? value["curve"] : null;
  if (!Array.isArray(levels) || levels.length === 0 || !levels.every((level) => typeof level === "number")) return null;
  const steps = (value as { steps?: Json }).steps;
  return { levels: levels as number[], steps: typeof steps === "number" ? steps : levels.length - 1 };
}

/** The value in a line that a card has room for. */
export function inShort(value: Json): string {
  const curve = curveOf(value);
  if (curve) return `${rounded(curve.levels[0] as number)} … ${rounded(curve.levels.at(-1) as number)}`;
  const line = (typeof value === "string" ? value : writeJson(value)).replace(/\s+/g, " ");
  return line.length > LINE ? `${line.slice(0, LINE - 1)}…` : line;
}

/** All of the value that is known, as text. */
export function inFull(value: Json): string {
  const curve = curveOf(value);
  if (curve) return curve.levels.join(", ");
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return value.map((item) => inFull(item)).join("\n");
  return typeof value === "string" ? value : writeJson(value, 2);
}

/** What an event tells of the values of its node. */
export function valuesIn(event: { readonly [key: string]: Json | undefined }): NodeValues {
  const { values, cut } = event;
  return { ...(isObject(values) ? { values } : {}), ...(isObject(cut) ? { cut: cut as Record<string, number> } : {}) };
}
