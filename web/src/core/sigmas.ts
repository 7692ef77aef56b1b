/** Noise levels that are typed or drawn: how they may be changed, and the schedules that have a closed form. */
import { text } from "../text";

const words = text.drawing.curve;

/** What an input holds: a list, or a text with commas or spaces between. Null for what is neither. */
export function readLevels(value: unknown): number[] | null {
  const list = typeof value === "string" ? value.split(/[\s,]+/).filter((word) => word !== "").map(Number) : value;
  const sound = Array.isArray(list) && list.length >= 2 && list.every((each) => typeof each === "number" && Number.isFinite(each));
  return sound ? list : null;
}

/** Levels as they were typed, or what is wrong with them. */
export function typedLevels(typed: string): { levels: number[] } | { wrong: string } {
  const parts = typed.split(/[\s,;]+/).filter((word) => word !== "");
  const bad = parts.find((word) => !Number.isFinite(Number(word)));
  if (bad !== undefined) return { wrong: words.notNumbers(bad) };
  const levels = parts.map(Number);
  const wrong = wrongLevels(levels);
  return wrong === null ? { levels } : { wrong };
}

/** Why no sampler can walk these levels, in words; null if one can. */
export function wrongLevels(levels: readonly number[]): string | null {
  if (levels.length < 2) return words.few;
  if (levels.some((level) => level < 0)) return words.range;
  const up = rising(levels);
  const at = levels.findIndex((level, index) => index > 0 && (up ? level <= (levels[index - 1] as number) : level >= (levels[index - 1] as number)));
  return at < 0 ? null : words.order(String(levels[at]), String(levels[at - 1]));
}

export function rising(levels: readonly number[]): boolean {
  return (levels.at(-1) as number) > (levels[0] as number);
}

/** A level as people read it, and as it is kept: five digits are enough for eyes and samplers. */
export function rounded(level: number): number {
  return level === 0 ? 0 : Number(level.toPrecision(5));
}

/** How near levels may come to each other, as a share of the larger. */
const APART = 1e-3;

/** Set a level; it stays between its neighbours, so that all go one way. */
export function withLevel(levels: readonly number[], index: number, level: number): number[] {
  const up = rising(levels);
  const [lower, upper] = up ? [levels[index - 1], levels[index + 1]] : [levels[index + 1], levels[index - 1]];
  const least = lower === undefined ? 0 : lower + Math.max(lower * APART, 1e-4);
  const most = upper === undefined ? Infinity : upper - Math.max(upper * APART, 1e-4);
  const kept = least > most ? (levels[index] as number) : rounded(Math.min(most, Math.max(least, level)));
  return levels.map((each, place) => (place === index ? kept : each));
}

/** Add a level in the middle after one of them; the logarithmic middle, where both are above 0. */
export function withMore(levels: readonly number[], after: number): number[] {
  const [from, to] = [levels[after] as number, levels[after + 1] as number];
  const middle = from > 0 && to > 0 ? Math.sqrt(from * to) : (from + to) / 2;
  return [...levels.slice(0, after + 1), rounded(middle), ...levels.slice(after + 1)];
}

/** Take a level away; two stay. */
export function withLess(levels: readonly number[], index: number): number[] {
  return levels.length <= 2 ? [...levels] : levels.filter((_, place) => place !== index);
}

export type Preset = "karras" | "exponential" | "kl_optimal" | "laplace" | "vp" | "linear";

/** From most noise to least in as many levels, by the formulas of graphengine/diffusion/sampling/schedules. */
export function scheduled(preset: Preset, steps: number, high: number, low: number): number[] {
  const share = (step: number) => (steps === 1 ? 0 : step / (steps - 1));
  const level = FORMULAS[preset](high, low);
  return [...Array.from({ length: steps }, (_, step) => rounded(level(share(step)))), 0];
}

const FORMULAS: Readonly<Record<Preset, (high: number, low: number) => (share: number) => number>> = {
  karras(high, low) {
    const rho = 7;
    const [from, to] = [high ** (1 / rho), low ** (1 / rho)];
    return (share) => (from + share * (to - from)) ** rho;
  },
  exponential: (high, low) => (share) => Math.exp(Math.log(high) + share * (Math.log(low) - Math.log(high))),
  kl_optimal: (high, low) => (share) => Math.tan(Math.atan(high) + share * (Math.atan(low) - Math.atan(high))),
  laplace(high, low) {
    const beta = 0.5;
    const mu = Math.min(Math.max(0, Math.log(low)), Math.log(high));
    const above = (sigma: number) => {
      const half = 0.5 * Math.exp(-Math.abs(Math.log(sigma) - mu) / beta);
      return sigma > Math.exp(mu) ? half : 1 - half;
    };
    const [from, to] = [above(high), above(low)];
    return (share) => {
      const part = from + share * (to - from);
      const log = Math.log(2 * Math.min(0.5, 1 - part)) - Math.log(2 * Math.min(0.5, part));
      return Math.min(high, Math.max(low, Math.exp(mu + beta * log)));
    };
  },
  vp(high, low) {
    const [growth, least] = [19.9, 0.1];
    const time = (sigma: number) => (Math.sqrt(least ** 2 + 2 * growth * Math.log1p(sigma ** 2)) - least) / growth;
    const [from, to] = [time(high), time(low)];
    return (share) => {
      const at = from + share * (to - from);
      return Math.sqrt(Math.expm1((growth * at ** 2) / 2 + least * at));
    };
  },
  linear: (high, low) => (share) => high + share * (low - high),
};

/** How high levels are drawn, 0 to 1: evenly, or by their logarithm, with 0 below all others. */
export interface Axis {
  share(level: number): number;
  level(share: number): number;
}

const DECADES_FOR_ZERO = 0.5;

export function axisFor(levels: readonly number[], logarithmic: boolean): Axis {
  const most = Math.max(...levels, 1e-4);
  if (!logarithmic) return { share: (level) => level / most, level: (share) => Math.max(0, share * most) };
  const above = levels.filter((level) => level > 0);
  const high = Math.log10(most);
  const least = Math.log10(Math.min(...above, most));
  const low = Math.min(least, high - 0.1) - (levels.includes(0) ? DECADES_FOR_ZERO : 0);
  return {
    share: (level) => (level === 0 ? 0 : (Math.log10(level) - low) / (high - low)),
    level: (share) => 10 ** (low + Math.max(0, share) * (high - low)),
  };
}
