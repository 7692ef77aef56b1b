import { text } from "../text";
import { distance } from "./distance";
import { type NodeSchema, summary, words } from "./schema";

/**
 * How well a node type fits what was typed: every word must be found, in the name before other words for it, the
 * category, the description and the ports; a word that is nowhere may be abbreviated or misspelt. 0 for no fit.
 */
export function score(schema: NodeSchema, typed: string, also = text.palette.also[schema.type] ?? ""): number {
  const wanted = typed.toLowerCase().split(/[\s_]+/).filter(Boolean);
  if (wanted.length === 0) return 1;
  const name = words(schema.type).toLowerCase();
  const ports = [...schema.inputs, ...schema.outputs].map((port) => `${port.name} ${port.type}`).join(" ").toLowerCase();
  const fields: readonly [string, number][] = [
    [name, 100],
    [also, 80],
    [schema.category.toLowerCase(), 30],
    [summary(schema).toLowerCase(), 20],
    [ports, 10],
  ];
  let total = schema.deprecated ? -20 : 0;
  for (const word of wanted) {
    const found = Math.max(...fields.map(([content, weight]) => weight * match(content, word)));
    const best = found || nearly(name, also, word);
    if (best === 0) return 0;
    total += best;
  }
  return Math.max(total, 0.1);
}

/** How well one word is found in a text: whole words before beginnings, before parts. */
function match(content: string, word: string): number {
  const at = content.indexOf(word);
  if (at < 0) return 0;
  const begins = at === 0 || /\W/.test(content[at - 1] as string);
  const ends = at + word.length === content.length || /\W/.test(content[at + word.length] as string);
  return (begins ? (ends ? 1 : 0.9) : 0.6) - Math.min(at, 50) * 0.002;
}

const RUN_TOGETHER = 70;
const ABBREVIATED = 50;
const MISSPELT = 8;

/** A word that is nowhere as it is: several written as one, beginnings of some of the name's, or one with a slip. */
function nearly(name: string, also: string, word: string): number {
  if (word.length < 3) return 0;
  const known = name.split(" ");
  const all = [...known, ...also.split(" ")];
  if (all.some((_, from) => all.slice(from).join("").startsWith(word))) return RUN_TOGETHER;
  if (abbreviates(known, word)) return ABBREVIATED;
  return word.length > 3 && all.some((each) => slips(each, word)) ? MISSPELT : 0;
}

/** Whether it is put together of beginnings of these words, in their order: `vdec` of `vae decode`. */
function abbreviates(known: readonly string[], word: string): boolean {
  const [first, ...others] = known;
  if (word === "" || first === undefined) return word === "";
  for (let taken = 1; word.startsWith(first.slice(0, taken)); taken++) {
    if (abbreviates(others, word.slice(taken))) return true;
    if (taken === first.length) break;
  }
  return abbreviates(others, word);
}

/** Whether a word, or the beginning of one, was meant: one slip is allowed, of long words two. */
function slips(known: string, word: string): boolean {
  return distance(known.slice(0, word.length), word) <= (word.length > 7 ? 2 : 1);
}
