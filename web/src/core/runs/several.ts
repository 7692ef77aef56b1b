import { type WorkflowDocument } from "../document";
import { setInput } from "../edits";
import type { Catalogue } from "../schema";
import { withNextSeeds } from "../seeds";

/**
 * The workflows of so many runs, one after the other, each with the seeds that are its turn. Where all seeds are
 * fixed the first is the workflow as it is, and those of the others count on from it.
 */
export function severalRuns(document: WorkflowDocument, count: number, catalogue: Catalogue, random: () => number = Math.random): WorkflowDocument[] {
  const found: WorkflowDocument[] = [];
  let now = document;
  for (let number = 0; number < count; number++) {
    now = withNextSeeds(now, random);
    found.push(now === document ? withSeedsBy(document, catalogue, number) : now);
  }
  return found;
}

/** Every seed that is written in the workflow, larger by so much. */
function withSeedsBy(document: WorkflowDocument, catalogue: Catalogue, by: number): WorkflowDocument {
  if (by === 0) return document;
  let changed = document;
  for (const [name, { type, inputs }] of Object.entries(document.nodes)) {
    for (const input of catalogue.get(type)?.inputs ?? []) {
      const seed = inputs[input.name] ?? input.default;
      if (!input.seed || (typeof seed !== "number" && typeof seed !== "bigint")) continue;
      const exact = BigInt(seed) + BigInt(by);
      changed = setInput(changed, name, input.name, exact <= Number.MAX_SAFE_INTEGER ? Number(exact) : exact);
    }
  }
  return changed;
}
