const WEIGHTED = /^\(([\s\S]*):(-?\d+(?:\.\d+)?)\)$/;

export interface Selection {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A prompt in which what is selected, or the word at the cursor, weighs more or less: `(word:1.05)`. Back at 1
 * the brackets go. `start` and `end` are the selection afterwards.
 */
export function weighted(text: string, start: number, end: number, by: number): Selection {
  let [from, to] = start === end ? wordAt(text, start) : [start, end];
  while (from < to && /\s/.test(text[from] as string)) from++;
  while (to > from && /\s/.test(text[to - 1] as string)) to--;
  if (from === to) return { text, start, end };
  const outer = around(text, from, to);
  if (outer !== null) [from, to] = outer;
  const found = WEIGHTED.exec(text.slice(from, to));
  const inner = found ? (found[1] as string) : text.slice(from, to);
  const weight = Math.round(((found ? Number(found[2]) : 1) + by) * 100) / 100;
  const written = Math.abs(weight - 1) < 0.001 ? inner : `(${inner}:${weight})`;
  return { text: text.slice(0, from) + written + text.slice(to), start: from, end: from + written.length };
}

function wordAt(text: string, at: number): [number, number] {
  let start = at;
  let end = at;
  while (start > 0 && /[\w-]/.test(text[start - 1] as string)) start--;
  while (end < text.length && /[\w-]/.test(text[end] as string)) end++;
  return [start, end];
}

/** The brackets with a weight that exactly what is selected stands in. */
function around(text: string, from: number, to: number): [number, number] | null {
  const behind = /^:-?\d+(?:\.\d+)?\)/.exec(text.slice(to));
  return text[from - 1] === "(" && behind ? [from - 1, to + behind[0].length] : null;
}
