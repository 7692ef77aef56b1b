import { type WorkflowDocument } from "../document";
import { setInput } from "../edits";
import type { Catalogue } from "../schema";
import { withNextSeeds } from "../seeds";
import { schemaOf } from "../subgraphs/bodies";
import { readSubgraph, scopeAt, writeSubgraph } from "../subgraphs/nesting";
import { withSubgraphs } from "../subgraphs/schema";

type Scope = ReadonlyMap<string, WorkflowDocument>;

/**
 * The workflows of so many runs, one after the other, each with the seeds that are its turn. Where all seeds are
 * fixed the first is the workflow as it is, and those of the others count on from it.
 */
export function severalRuns(document: WorkflowDocument, count: number, catalogue: Catalogue, random: () => number = Math.random): WorkflowDocument[] {
  const found: WorkflowDocument[] = [];
  let now = document;
  for (let number = 0; number < count; number++) {
    now = withNextSeeds(now, random);
    found.push(now === document ? withSeedsBy(document, catalogue, number, new Map()) : now);
  }
  return found;
}

/** Every seed that is written in the workflow and in its subgraphs, larger by so much. `around`: what else nodes can name. */
function withSeedsBy(document: WorkflowDocument, catalogue: Catalogue, by: number, around: Scope): WorkflowDocument {
  if (by === 0) return document;
  const scope = new Map([...around, ...scopeAt(document, [])]);
  const types = withSubgraphs(catalogue, scope);
  let changed = document;
  for (const [name, json] of Object.entries(document.subgraphs)) {
    const before = readSubgraph(json);
    const after = withSeedsBy(before, catalogue, by, scope);
    if (after !== before) changed = { ...changed, subgraphs: { ...changed.subgraphs, [name]: writeSubgraph(after) } };
  }
  for (const [name, node] of Object.entries(document.nodes)) {
    const { inputs } = node;
    for (const input of schemaOf(types, node)?.inputs ?? []) {
      const seed = inputs[input.name] ?? input.default;
      if (!input.seed || (typeof seed !== "number" && typeof seed !== "bigint")) continue;
      const exact = BigInt(seed) + BigInt(by);
      changed = setInput(changed, name, input.name, exact <= Number.MAX_SAFE_INTEGER ? Number(exact) : exact);
    }
  }
  return changed;
}
