/** What a seed does from one run to the next. Kept in the layout, since it is the editor that changes the seed. */
import { linkOf, type WorkflowDocument } from "./document";
import { setInput } from "./edits";
import { isObject, type Json, type JsonObject } from "./json";
import { readSubgraph, writeSubgraph } from "./subgraphs/nesting";

export type SeedHabit = "fixed" | "random" | "next";

/** Random seeds stay below this, so that every program reads them exactly. */
const LARGEST_RANDOM = 2 ** 32;

export function seedHabit(document: WorkflowDocument, node: string, input: string): SeedHabit {
  const place = document.layout[node];
  const habits = isObject(place) ? place["seeds"] : undefined;
  const habit = isObject(habits) ? habits[input] : undefined;
  return habit === "random" || habit === "next" ? habit : "fixed";
}

export function setSeedHabit(document: WorkflowDocument, node: string, input: string, habit: SeedHabit): WorkflowDocument {
  const place = document.layout[node];
  const before = isObject(place) ? place : {};
  const { [input]: _, ...others } = isObject(before["seeds"]) ? before["seeds"] : ({} as JsonObject);
  const seeds = habit === "fixed" ? others : { ...others, [input]: habit };
  const { seeds: __, ...rest } = before;
  const changed = Object.keys(seeds).length > 0 ? { ...rest, seeds } : rest;
  return { ...document, layout: { ...document.layout, [node]: changed } };
}

/** The document with the seeds that the next run is to have, those in its subgraphs among them. */
export function withNextSeeds(document: WorkflowDocument, random: () => number = Math.random): WorkflowDocument {
  let changed = document;
  for (const [name, json] of Object.entries(document.subgraphs)) {
    const before = readSubgraph(json);
    const after = withNextSeeds(before, random);
    if (after !== before) changed = { ...changed, subgraphs: { ...changed.subgraphs, [name]: writeSubgraph(after) } };
  }
  for (const [node, { inputs }] of Object.entries(document.nodes)) {
    const place = document.layout[node];
    const habits = isObject(place) && isObject(place["seeds"]) ? place["seeds"] : {};
    for (const [input, habit] of Object.entries(habits)) {
      if (linkOf(inputs[input]) !== null) continue;
      const seed = habit === "random" ? Math.floor(random() * LARGEST_RANDOM) : after(inputs[input]);
      if (seed !== null) changed = setInput(changed, node, input, seed);
    }
  }
  return changed;
}

function after(seed: Json | undefined): Json | null {
  if (seed === undefined) return 1;
  if (typeof seed === "bigint") return seed + 1n;
  return typeof seed === "number" ? seed + 1 : null;
}
