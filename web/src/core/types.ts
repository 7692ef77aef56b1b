import type { InputSchema, OutputSchema } from "./schema";

const ANY = "Any";
const NOTHING = "None";
const VARIABLE = "~";
const LIST = "list[";
const WIDENS: Readonly<Record<string, readonly string[]>> = { int: ["float"] };

/** The alternatives of a union: those of `Image | list[Image | Mask]` are two. */
export function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let place = 0; place < text.length; place++) {
    const character = text[place];
    if (character === "[") depth++;
    else if (character === "]") depth--;
    else if (character === "|" && depth === 0) {
      parts.push(text.slice(start, place).trim());
      start = place + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts.filter((part) => part !== "");
}

/** What the items of a list may be; null if the name is of no list. */
export function itemsOf(name: string): string[] | null {
  return name.startsWith(LIST) && name.endsWith("]") ? splitTypes(name.slice(LIST.length, -1)) : null;
}

/** The name of a list of these. */
export function listOf(types: readonly string[]): string {
  return `${LIST}${types.join(" | ")}]`;
}

/** How many layers of lists are to be taken off the types until they fit; null if they never do. */
export function layersBetween(types: readonly string[], wanted: readonly string[], supertypes: Supertypes): number | null {
  let layers = 0;
  for (let left: readonly string[] | null = types; left !== null; left = stripList(left)) {
    if (fitsAll(left, wanted, supertypes)) return layers;
    layers++;
  }
  return null;
}

/** What the items are if every alternative is a list; else null. */
export function stripList(types: readonly string[]): string[] | null {
  const found = new Set<string>();
  for (const name of types) {
    const items = itemsOf(name);
    if (items === null) return null;
    for (const item of items) found.add(item);
  }
  return [...found];
}

/**
 * Whether an output may be linked to an input, by the engine's rules: an int for a float, a class for its base,
 * and a list for its items, over which the node is then mapped.
 */
export function fits(
  output: OutputSchema,
  input: InputSchema,
  outputVariables: Variables = {},
  inputVariables: Variables = {},
): boolean {
  const taken = substitute(input.types, inputVariables);
  const wanted = input.nullable ? [...taken, NOTHING] : taken;
  const given = substitute(output.types, outputVariables);
  return layersBetween(given, wanted, output.supertypes) !== null;
}

type Supertypes = Readonly<Record<string, readonly string[]>>;
type Variables = Readonly<Record<string, readonly string[]>>;

/** The types with what their variables may stand for. */
export function substitute(types: readonly string[], variables: Variables): readonly string[] {
  if (!types.some((name) => name.includes(VARIABLE))) return types;
  return types.flatMap((name) =>
    splitTypes(name.replace(/~(\w+)/g, (_, variable: string) => (variables[variable] ?? [ANY]).join(" | "))),
  );
}

function fitsAll(types: readonly string[], wanted: readonly string[], supertypes: Supertypes): boolean {
  if (wanted.includes(ANY) || types.includes(ANY)) return true;
  return types.every((name) => fitsOne(name, wanted, supertypes));
}

function fitsOne(name: string, wanted: readonly string[], supertypes: Supertypes): boolean {
  if (wanted.includes(name)) return true;
  const items = itemsOf(name);
  if (items !== null) {
    return wanted.some((other) => {
      const inner = itemsOf(other);
      return inner !== null && fitsAll(items, inner, supertypes);
    });
  }
  return [...(supertypes[name] ?? []), ...(WIDENS[name] ?? [])].some((other) => wanted.includes(other));
}

/** The type that a port's colour is of: that of a list's items, the first of a union. */
export function colourType(types: readonly string[]): string {
  const first = types.find((name) => name !== NOTHING) ?? ANY;
  const items = itemsOf(first);
  return items === null ? first : colourType(items);
}

/** The name of a type as people read it: what may be of any is called so. */
export function shownType(type: string): string {
  return type.replaceAll(/~\w+/g, ANY);
}
