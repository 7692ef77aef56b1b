/**
 * What each part of a prompt means, by the rules of the engine's own reader: weights `(a:1.2)`, `(a)`, `[a]`, changes
 * `[from:to:0.4]`, turns `[a|b]`, `BREAK`, `AND`, `embedding:name`, and `\(` for a bracket that is text.
 */
import { text } from "../text";
import { NAME, nameOf, PREFIX } from "./embeddings";

export type Meaning =
  | "words"
  | "stronger"
  | "weaker"
  | "bracket"
  | "separator"
  | "number"
  | "keyword"
  | "escape"
  | "embedding"
  | "unknown"
  | "fault";

export interface Part {
  readonly start: number;
  readonly end: number;
  readonly meaning: Meaning;
  /** How many brackets a bracket stands in. */
  readonly depth: number;
}

export interface Fault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface ReadPrompt {
  readonly parts: readonly Part[];
  /** What the engine would refuse, in the order of the text. */
  readonly faults: readonly Fault[];
}

const MARKS = "()\\[\\]:|";
const NUMBER_ = "[+-]?(?:\\d{1,9}(?:\\.\\d*)?|\\.\\d+)";
const NUMBER = new RegExp(`^${NUMBER_}$`);
const SYMBOL = new RegExp(
  `(\\s+)|([${MARKS}])|(${PREFIX}(?!${NUMBER_}\\s*[)\\]])${NAME})|((?:\\\\[${MARKS}\\\\]|,(?!${PREFIX})|[^\\s${MARKS},])+|,)`,
  "gu",
);
const EMPHASIS = 1.1;

interface Symbol_ {
  readonly raw: string;
  readonly start: number;
  readonly kind: "space" | "word" | "keyword" | "embedding" | "(" | ")" | "[" | "]" | ":" | "|" | "end";
}

interface Open {
  readonly at: number;
  readonly kind: "(" | "[";
  readonly separators: (":" | "|")[];
}

/**
 * Read a prompt as it is typed: what is wrong is marked, and the rest read as well as it can be.
 * `isEmbedding`: whether there is an embedding of that name.
 */
export function readPrompt(source: string, isEmbedding: (name: string) => boolean = () => true): ReadPrompt {
  return new Reader(source, isEmbedding).read();
}

/** Where the embedding begins and ends that a place is in, or at. */
export function embeddingAt(source: string, at: number): [number, number] | null {
  const found = symbolsOf(source).find(({ kind, raw, start }) => kind === "embedding" && start <= at && at <= start + raw.length);
  return found ? [found.start, found.start + found.raw.length] : null;
}

/** The names of the embeddings in a prompt. */
export const embeddingsIn = (source: string): string[] =>
  symbolsOf(source).flatMap(({ kind, raw }) => (kind === "embedding" ? [nameOf(raw)] : []));

class Reader {
  private readonly symbols: Symbol_[];
  private readonly meanings: Meaning[];
  private readonly depths: number[];
  private readonly weights: { from: number; to: number; factor: number }[] = [];
  private readonly open: Open[] = [];
  private readonly faults: Fault[] = [];
  private combined = false;

  constructor(source: string, isEmbedding: (name: string) => boolean) {
    this.symbols = symbolsOf(source);
    this.meanings = this.symbols.map(({ kind, raw }) => {
      if (kind === "embedding") return isEmbedding(nameOf(raw)) ? "embedding" : "unknown";
      return kind === "word" && /\\[()[\]:|\\]/.test(raw) ? "escape" : "words";
    });
    this.depths = this.symbols.map(() => 0);
  }

  read(): ReadPrompt {
    for (let at = 0; at < this.symbols.length - 1; at++) {
      const { kind, raw } = this.symbols[at] as Symbol_;
      if (kind === "(" || kind === "[") {
        this.mark(at, "bracket", this.open.length);
        this.open.push({ at, kind, separators: [] });
      } else if (kind === ")" || kind === "]") this.close(at, kind);
      else if (kind === ":") at = this.colon(at);
      else if (kind === "|" && this.open.at(-1)?.kind === "[") this.separate(at, "|");
      else if (raw === "BREAK" && kind === "keyword") this.mark(at, "keyword");
      else if (kind === "keyword") this.and(at);
    }
    for (const { at, kind } of this.open) this.fault(at, text.prompt.unclosed(kind, kind === "(" ? ")" : "]"));
    this.tint();
    const parts = this.symbols.slice(0, -1).map(({ start, raw }, at) => {
      return { start, end: start + raw.length, meaning: this.meanings[at] as Meaning, depth: this.depths[at] as number };
    });
    return { parts: merged(parts), faults: this.faults.sort((a, b) => a.start - b.start) };
  }

  private close(at: number, kind: ")" | "]"): void {
    const opening = kind === ")" ? "(" : "[";
    const bracket = this.open.at(-1);
    if (bracket?.kind !== opening) {
      this.fault(at, bracket ? text.prompt.otherClosing(bracket.kind === "(" ? ")" : "]", kind) : text.prompt.unopened(opening, kind));
      return;
    }
    if (bracket.separators[0] === ":") this.fault(at, text.prompt.noStep);
    else this.mark(at, "bracket", this.open.length - 1);
    if (bracket.separators.length === 0) this.weigh(bracket, at, kind === ")" ? EMPHASIS : 1 / EMPHASIS);
    this.open.pop();
  }

  /** Returns the index of the last symbol that belongs to it. */
  private colon(at: number): number {
    const bracket = this.open.at(-1);
    if (!bracket) return this.strength(at);
    const tail = this.tail(at, bracket.kind === "(" ? ")" : "]");
    if (bracket.kind === "(") {
      if (tail === null) {
        this.fault(at, text.prompt.noWeight, this.unfinished(at));
        return at;
      }
      this.weigh(bracket, tail.end, Number(this.symbols[tail.number]?.raw));
      return this.end(at, tail);
    }
    if (tail === null || bracket.separators[0] === "|") {
      this.separate(at, ":");
      return at;
    }
    const raw = this.symbols[tail.number]?.raw ?? "";
    const step = Number(raw);
    const isShare = raw.includes(".") || step < 1;
    this.end(at, tail);
    if (step < 0 || (isShare && step > 1)) this.fault(tail.number, text.prompt.badStep);
    return tail.end;
  }

  /** A number closes the innermost bracket. */
  private end(at: number, tail: { number: number; end: number }): number {
    this.mark(at, "separator");
    this.mark(tail.number, "number");
    this.mark(tail.end, "bracket", this.open.length - 1);
    this.open.pop();
    return tail.end;
  }

  private separate(at: number, sign: ":" | "|"): void {
    const { separators } = this.open.at(-1) as Open;
    const [first] = separators;
    if (first !== undefined && first !== sign) this.fault(at, text.prompt.mixed(first, sign));
    else if (first === ":") this.fault(at, text.prompt.noStep, this.unfinished(at));
    else this.mark(at, "separator");
    separators.push(sign);
  }

  /** A colon outside of brackets is text, but for the strength of one prompt beside others. */
  private strength(at: number): number {
    const tail = this.tail(at, "AND") ?? (this.combined ? this.tail(at, "end") : null);
    if (tail === null) return at;
    this.mark(at, "separator");
    this.mark(tail.number, "number");
    if (Number(this.symbols[tail.number]?.raw) < 0) this.fault(tail.number, text.prompt.badStrength);
    return tail.number;
  }

  private and(at: number): void {
    if (this.open.length > 0) {
      this.fault(at, text.prompt.andInside);
      return;
    }
    this.mark(at, "keyword");
    this.combined = true;
  }

  /** What comes after a symbol, if it is a number and then `closing`. */
  private tail(at: number, closing: string): { number: number; end: number } | null {
    const number = this.beyondSpace(at + 1);
    const end = this.beyondSpace(number + 1);
    const found = this.symbols[end];
    if (!found || !NUMBER.test(this.symbols[number]?.raw ?? "")) return null;
    return (found.kind === "keyword" ? found.raw : found.kind) === closing ? { number, end } : null;
  }

  private beyondSpace(at: number): number {
    return this.symbols[at]?.kind === "space" ? at + 1 : at;
  }

  private mark(at: number, meaning: Meaning, depth = 0): void {
    this.meanings[at] = meaning;
    this.depths[at] = depth;
  }

  /** What stands where a number and a closing bracket should. */
  private unfinished(at: number): number {
    const next = this.beyondSpace(at + 1);
    return NUMBER.test(this.symbols[next]?.raw ?? "") ? this.beyondSpace(next + 1) : next;
  }

  /** `where`: what is told, if not the symbol that is marked, such as the end of the prompt. */
  private fault(at: number, message: string, where = at): void {
    this.mark(at, "fault");
    const { start, raw } = this.symbols[where] as Symbol_;
    this.faults.push({ start, end: start + raw.length, message });
  }

  private weigh(bracket: Open, to: number, factor: number): void {
    this.weights.push({ from: bracket.at, to, factor });
  }

  /** Words whose weight, with those of all brackets around, isn't 1 are told so. */
  private tint(): void {
    const change = new Float64Array(this.symbols.length + 1);
    for (const { from, to, factor } of this.weights) {
      const size = Math.log(Math.max(Math.abs(factor), 1e-9));
      change[from] = (change[from] as number) + size;
      change[to] = (change[to] as number) - size;
    }
    let size = 0;
    for (const [at, meaning] of this.meanings.entries()) {
      size += change[at] as number;
      if (meaning === "words" && Math.abs(size) > 1e-6) this.meanings[at] = size > 0 ? "stronger" : "weaker";
    }
  }
}

function symbolsOf(source: string): Symbol_[] {
  const found: Symbol_[] = [];
  for (const match of source.matchAll(SYMBOL)) {
    const [raw, space, sign, embedding] = match;
    const word = raw === "BREAK" || raw === "AND" ? "keyword" : "word";
    const kind = space ? "space" : sign ? (sign as Symbol_["kind"]) : embedding ? "embedding" : word;
    found.push({ raw, start: match.index, kind });
  }
  return [...found, { raw: "", start: source.length, kind: "end" }];
}

/** Neighbours that mean the same as one part. */
function merged(parts: readonly Part[]): Part[] {
  const found: Part[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (last && last.meaning === part.meaning && last.depth === part.depth && part.meaning !== "bracket") {
      found[found.length - 1] = { ...last, end: part.end };
    } else found.push(part);
  }
  return found;
}
