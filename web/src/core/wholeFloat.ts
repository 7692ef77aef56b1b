/**
 * A float that happens to be whole, such as `4.0`, which JavaScript doesn't tell from 4 but files and the engine do.
 * It compares and reckons like its number; `plain` of `json.ts` makes one of it. Copies by `structuredClone` lose it:
 * store the text.
 */
export class WholeFloat {
  constructor(readonly value: number) {}

  valueOf(): number {
    return this.value;
  }

  toString(): string {
    return String(this.value);
  }

  toJSON(): unknown {
    return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(floatText(this.value));
  }
}

/** A float as Python writes it: `4.0`, `1e-05`, `1e+16`. */
export function floatText(value: number): string {
  const negative = value < 0 || Object.is(value, -0);
  const [digits, exponent] = Math.abs(value).toExponential().split("e") as [string, string];
  const power = Number(exponent);
  const sign = negative ? "-" : "";
  if (power < -4 || power >= 16) return `${sign}${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  const fixed = power < 0 ? `0.${"0".repeat(-power - 1)}${digits.replace(".", "")}` : String(Math.abs(value));
  return `${sign}${fixed}${fixed.includes(".") ? "" : ".0"}`;
}

/** A JavaScript number: one without a fraction is an integer. */
export function plainText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : floatText(value);
}
