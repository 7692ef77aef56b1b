import { embeddingAt } from "./promptSyntax";

const WEIGHTED = /^\(([\s\S]*):\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*\)$/;
const EMPHASISED = /^\(((?:\\.|[^()\\])*)\)$/s;
const WORD = /[\p{L}\p{M}\p{N}_'-]/u;
const EMPHASIS = 1.1;

export interface Selection {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A prompt in which what is selected weighs more or less: `(some words:1.05)`. Without a selection it is the round
 * bracket that the cursor stands in, or the embedding, or the word. An embedding is never cut. Back at 1 the brackets go. `start` and `end` are the selection
 * afterwards.
 */
export function weighted(text: string, start: number, end: number, by: number): Selection {
  let [from, to] = start === end ? (bracketAt(text, start) ?? embeddingAt(text, start) ?? wordAt(text, start)) : withoutCuts(text, start, end);
  while (from < to && /\s/.test(text[from] as string)) from++;
  while (to > from && /\s/.test(text[to - 1] as string)) to--;
  if (from === to) return { text, start, end };
  [from, to] = around(text, from, to) ?? [from, to];
  const { inner, weight: before } = taken(text.slice(from, to));
  const weight = Math.round((before + by) * 100) / 100;
  const written = Math.abs(weight - 1) < 0.001 ? inner : `(${inner}:${weight})`;
  return { text: text.slice(0, from) + written + text.slice(to), start: from, end: from + written.length };
}

/** What is in a bracket that is one from end to end, and its weight. */
function taken(chosen: string): { inner: string; weight: number } {
  const found = WEIGHTED.exec(chosen);
  if (found && isOne(chosen)) return { inner: found[1] as string, weight: Number(found[2]) };
  const plain = EMPHASISED.exec(chosen);
  return plain ? { inner: plain[1] as string, weight: EMPHASIS } : { inner: chosen, weight: 1 };
}

/** Whether the first bracket of a text is closed by its last sign, as in `(a)` and not in `(a) (b)`. */
function isOne(chosen: string): boolean {
  let depth = 0;
  for (let at = 0; at < chosen.length; at++) {
    if (chosen[at] === "\\") at++;
    else if (chosen[at] === "(") depth++;
    else if (chosen[at] === ")" && --depth === 0) return at === chosen.length - 1;
  }
  return false;
}

/** What is selected, with all of an embedding that it begins or ends in. */
function withoutCuts(text: string, from: number, to: number): [number, number] {
  const first = embeddingAt(text, from);
  const last = embeddingAt(text, to);
  return [first && from < first[1] ? first[0] : from, last && to > last[0] ? last[1] : to];
}

function wordAt(text: string, at: number): [number, number] {
  let start = at;
  let end = at;
  while (start > 0 && WORD.test(text[start - 1] as string)) start--;
  while (end < text.length && WORD.test(text[end] as string)) end++;
  return [start, end];
}

/** The innermost round bracket that a place stands in, if it has a weight. */
function bracketAt(text: string, at: number): [number, number] | null {
  const open: number[] = [];
  let found: [number, number] | null = null;
  for (let place = 0; place < text.length; place++) {
    if (text[place] === "\\") place++;
    else if (text[place] === "(") open.push(place);
    else if (text[place] === ")") {
      const from = open.pop();
      if (from === undefined || from >= at || place < at) continue;
      found ??= [from, place + 1]; // the first that closes beyond it is the innermost
    }
  }
  return found && WEIGHTED.test(text.slice(...found)) ? found : null;
}

/** The bracket with a weight that exactly what is chosen stands in. */
function around(text: string, from: number, to: number): [number, number] | null {
  const behind = /^:\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*\)/.exec(text.slice(to));
  return text[from - 1] === "(" && text[from - 2] !== "\\" && behind ? [from - 1, to + behind[0].length] : null;
}
