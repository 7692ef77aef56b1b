/** Finding one of many names, such as those of samplers or model files. */

/** Those that what was typed fits, the best first: whole beginnings, then parts, then scattered letters. */
export function namesLike<T>(names: readonly T[], typed: string, nameOf: (name: T) => string): T[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [...names];
  return names
    .map((name) => ({ name, fit: wanted.map((word) => fitOf(nameOf(name).toLowerCase(), word)) }))
    .filter(({ fit }) => fit.every((each) => each > 0))
    .sort((a, b) => sum(b.fit) - sum(a.fit))
    .map(({ name }) => name);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

function fitOf(name: string, word: string): number {
  const at = name.indexOf(word);
  if (at >= 0) return (at === 0 || /[\W_]/.test(name[at - 1] as string) ? 3 : 2) + word.length / (name.length + 1);
  let place = -1;
  for (const letter of word) {
    place = name.indexOf(letter, place + 1);
    if (place < 0) return 0;
  }
  return 1 / (1 + place);
}

/** Whether each word that was typed begins one of these. */
export function begunWith(words: readonly string[], typed: string): boolean {
  const begun = (part: string) => words.some((word) => word.toLowerCase().startsWith(part));
  return typed.toLowerCase().split(/\s+/).filter(Boolean).every(begun);
}

const MOST_NEAR = 3;
const NEAR = 0.4;

/** The names most like one that isn't there, the nearest first. */
export function nearNames(names: readonly string[], wanted: string): string[] {
  const pairs = pairsOf(wanted);
  return names
    .map((name) => ({ name, like: likeness(pairs, pairsOf(name)) }))
    .filter(({ like }) => like >= NEAR)
    .sort((a, b) => b.like - a.like)
    .slice(0, MOST_NEAR)
    .map(({ name }) => name);
}

/** The pairs of neighbouring letters in the last part of a path, without its ending, and how often each is there. */
function pairsOf(name: string): ReadonlyMap<string, number> {
  const stem = (name.toLowerCase().split("/").at(-1) as string).replace(/\.\w+$/, "").replace(/[\W_]+/g, " ");
  const padded = ` ${stem} `;
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < padded.length; at++) {
    const pair = padded.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** Sørensen and Dice's: twice what both have, over what each has. */
function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let both = 0;
  for (const [pair, count] of a) both += Math.min(count, b.get(pair) ?? 0);
  return (2 * both) / (sum([...a.values()]) + sum([...b.values()]));
}
