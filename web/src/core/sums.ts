/** Numbers that are typed as sums: `512*2`, `(7+1)/3`, `2^10`. Whole ones are reckoned exactly, however large. */

type Value = number | bigint;

const TOKEN = /\s*(?:(\d+(?:[.,]\d*)?(?:e[+-]?\d+)?|[.,]\d+(?:e[+-]?\d+)?)|(\*\*|[-+*/%^()]))/iy;
const MOST_BITS = 4096n;

/** The value of a sum; null if it is none, or has none, such as 1/0. */
export function valueOf(typed: string): Value | null {
  const tokens = tokensOf(typed);
  if (tokens === null) return null;
  const reader = new SumReader(tokens);
  const value = reader.sum();
  if (value === null || !reader.atEnd) return null;
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}

function tokensOf(typed: string): string[] | null {
  const text = typed.trim();
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) return null;
    found.push((match[1]?.replace(",", ".") ?? match[2]) as string);
  }
  return found;
}

class SumReader {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly string[]) {}

  get atEnd(): boolean {
    return this.at === this.tokens.length;
  }

  sum(): Value | null {
    if (++this.depth > 50) return null;
    const value = this.chain(() => this.product(), ["+", "-"]);
    this.depth--;
    return value;
  }

  private product(): Value | null {
    return this.chain(() => this.signed(), ["*", "/", "%"]);
  }

  private chain(next: () => Value | null, signs: readonly string[]): Value | null {
    let value = next();
    while (value !== null && signs.includes(this.tokens[this.at] ?? "")) {
      const sign = this.tokens[this.at++] as string;
      const other = next();
      value = other === null ? null : reckon(value, sign, other);
    }
    return value;
  }

  private signed(): Value | null {
    let negative = false;
    while (this.tokens[this.at] === "-" || this.tokens[this.at] === "+") negative = (this.tokens[this.at++] === "-") !== negative;
    const value = this.power();
    return value === null || !negative ? value : -value;
  }

  private power(): Value | null {
    const base = this.single();
    const sign = this.tokens[this.at];
    if (base === null || (sign !== "^" && sign !== "**")) return base;
    this.at++;
    const exponent = this.signed();
    return exponent === null ? null : reckon(base, "^", exponent);
  }

  private single(): Value | null {
    const token = this.tokens[this.at++];
    if (token === "(") {
      const value = this.sum();
      return this.tokens[this.at++] === ")" ? value : null;
    }
    if (token === undefined || !/^[\d.]/.test(token)) return null;
    return /^\d+$/.test(token) ? BigInt(token) : Number(token);
  }
}

function reckon(a: Value, sign: string, b: Value): Value | null {
  if (typeof a === "bigint" && typeof b === "bigint") {
    if (sign === "+") return a + b;
    if (sign === "-") return a - b;
    if (sign === "*") return a * b;
    if (sign === "/") return b === 0n ? null : a % b === 0n ? a / b : Number(a) / Number(b);
    if (sign === "%") return b === 0n ? null : a % b;
    if (b >= 0n) return b * BigInt(a.toString(2).length) > MOST_BITS ? null : a ** b;
  }
  const [x, y] = [Number(a), Number(b)];
  if (sign === "+") return x + y;
  if (sign === "-") return x - y;
  if (sign === "*") return x * y;
  if (sign === "/") return x / y;
  return sign === "%" ? x % y : x ** y;
}
