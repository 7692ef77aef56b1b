/** Subgraphs that go along with nodes into another graph. */
import { type DocumentNode, emptyDocument, type WorkflowDocument } from "../document";
import type { JsonObject } from "../json";
import { writeJson } from "../json";
import { bodyNames, type Types } from "./bodies";
import { readSubgraph, writeSubgraph } from "./nesting";
import { renameSubgraph } from "./uses";

type Nodes = Readonly<Record<string, DocumentNode>>;
type Definitions = Readonly<Record<string, JsonObject>>;

/** A name for a subgraph that nothing else goes by; the number is the first that is free. */
export function freeType(wanted: string, isTaken: (name: string) => boolean): string {
  const stem = wanted.trim().replace(/[./]/g, "_") || "subgraph";
  if (!isTaken(stem) && stem !== "inputs") return stem;
  for (let number = 2; ; number++) if (!isTaken(`${stem}_${number}`)) return `${stem}_${number}`;
}

/** The subgraphs that nodes run, and those that these run in turn, as far as they aren't defined within. */
export function definitionsFor(nodes: Nodes, scope: ReadonlyMap<string, WorkflowDocument>, types: Types): Record<string, JsonObject> {
  const found: Record<string, JsonObject> = {};
  const waiting = [...namesUsed(nodes, {}, types)];
  while (waiting.length > 0) {
    const name = waiting.pop() as string;
    const document = scope.get(name);
    if (name in found || !document) continue;
    found[name] = writeSubgraph(document);
    waiting.push(...namesUsed(document.nodes, document.subgraphs, types));
  }
  return found;
}

/** The types and bodies that nodes name, those in subgraphs of their own among them, without the names of these. */
function namesUsed(nodes: Nodes, subgraphs: Definitions, types: Types): Set<string> {
  const found = new Set<string>();
  for (const node of Object.values(nodes)) {
    found.add(node.type);
    for (const [, name] of bodyNames(types.get(node.type), node)) found.add(name);
  }
  for (const json of Object.values(subgraphs)) {
    const inner = readSubgraph(json);
    for (const name of namesUsed(inner.nodes, inner.subgraphs, types)) found.add(name);
  }
  for (const own of Object.keys(subgraphs)) found.delete(own);
  return found;
}

/**
 * A graph with subgraphs added that some nodes run. Those that it can name already, and that are the same, aren't
 * added; others whose names are taken get new ones, which the nodes follow. Returns the nodes, too.
 */
export function bringDefinitions(
  document: WorkflowDocument,
  scope: ReadonlyMap<string, WorkflowDocument>,
  definitions: Definitions,
  nodes: Nodes,
  types: Types,
): [WorkflowDocument, Nodes] {
  if (Object.keys(definitions).length === 0) return [document, nodes];
  const other = differing(scope, definitions, types);
  const added = Object.fromEntries(Object.entries(definitions).filter(([name]) => !scope.has(name) || other.has(name)));
  let coming: WorkflowDocument = { ...emptyDocument(), nodes, subgraphs: added };
  for (const name of other) {
    const free = freeType(name, (each) => scope.has(each) || each in coming.subgraphs || types.get(each) !== undefined);
    coming = renameSubgraph(coming, [name], free, types);
  }
  return [{ ...document, subgraphs: { ...document.subgraphs, ...coming.subgraphs } }, coming.nodes];
}

/** Those whose names mean something else here: themselves, or through what they run. */
function differing(scope: ReadonlyMap<string, WorkflowDocument>, definitions: Definitions, types: Types): Set<string> {
  const other = new Set<string>();
  for (const [name, json] of Object.entries(definitions)) {
    const here = scope.get(name);
    if (here && writeJson(writeSubgraph(here)) !== writeJson(writeSubgraph(readSubgraph(json)))) other.add(name);
  }
  for (let before = -1; before !== other.size; ) {
    before = other.size;
    for (const [name, json] of Object.entries(definitions)) {
      const { nodes, subgraphs } = readSubgraph(json);
      if (scope.has(name) && [...namesUsed(nodes, subgraphs, types)].some((each) => other.has(each))) other.add(name);
    }
  }
  return other;
}
