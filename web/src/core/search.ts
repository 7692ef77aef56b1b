import { type NodeSchema, summary, words } from "./schema";

/**
 * How well a node type fits what was typed: every word must be found, in the name before the category, before
 * the description, before the ports. 0 for no fit.
 */
export function score(schema: NodeSchema, typed: string): number {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return 1;
  const name = words(schema.type).toLowerCase();
  const ports = [...schema.inputs, ...schema.outputs].map((port) => `${port.name} ${port.type}`).join(" ").toLowerCase();
  const fields: readonly [string, number][] = [
    [name, 100],
    [schema.category.toLowerCase(), 30],
    [summary(schema).toLowerCase(), 20],
    [ports, 10],
  ];
  let total = schema.deprecated ? -20 : 0;
  for (const word of wanted) {
    const best = Math.max(...fields.map(([text, weight]) => weight * match(text, word)));
    if (best <= 0) return 0;
    total += best;
  }
  return Math.max(total, 0.1);
}

/** How well one word is found in a text: whole words before beginnings, before parts, before scattered letters. */
function match(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at >= 0) {
    const begins = at === 0 || /\W/.test(text[at - 1] as string);
    const ends = at + word.length === text.length || /\W/.test(text[at + word.length] as string);
    return (begins ? (ends ? 1 : 0.9) : 0.6) - Math.min(at, 50) * 0.002;
  }
  return word.length >= 3 && scattered(text.slice(0, 60), word) ? 0.2 : 0;
}

function scattered(text: string, word: string): boolean {
  let place = -1;
  for (const letter of word) {
    place = text.indexOf(letter, place + 1);
    if (place < 0) return false;
  }
  return true;
}
