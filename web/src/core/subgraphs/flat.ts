/** A workflow without its borders. */
import { type DocumentNode, type Link, linkOf, linkValue, mapValues, type WorkflowDocument } from "../document";
import { isObject, type Json, type JsonObject } from "../json";
import type { Catalogue } from "../schema";
import { bodyNames } from "./bodies";
import { INPUTS_CARD, linkedName } from "./cards";
import { graphAt, type Inside, scopeAt } from "./nesting";

type Nodes = Readonly<Record<string, DocumentNode>>;

const known = new WeakMap<WorkflowDocument, { readonly catalogue: Catalogue; readonly nodes: Nodes }>();

/**
 * All nodes, each by the way to it, `use/inner`, with what comes through borders linked directly. In the place of a node
 * that uses a subgraph stand that one's nodes; a node that runs bodies stays beside those of its bodies.
 */
export function flatNodes(whole: WorkflowDocument, catalogue: Catalogue): Nodes {
  const before = known.get(whole);
  if (before?.catalogue === catalogue) return before.nodes;
  const nodes = Object.fromEntries(nodesFrom(whole, catalogue, []));
  known.set(whole, { catalogue, nodes });
  return nodes;
}

/** The way to a node as one text. */
export const flatName = (inside: Inside, node: string): string => [...inside.map((entered) => entered.node), node].join("/");

function* nodesFrom(whole: WorkflowDocument, catalogue: Catalogue, inside: Inside): Generator<[string, DocumentNode]> {
  const scope = scopeAt(whole, inside);
  const isOpen = (subgraph: string) => scope.has(subgraph) && !inside.some((entered) => entered.subgraph === subgraph);
  for (const [name, node] of Object.entries(graphAt(whole, inside).nodes)) {
    if (!scope.has(node.type)) yield [flatName(inside, name), { ...node, inputs: withoutBorders(whole, inside, node.inputs) }];
    const bodies = bodyNames(catalogue.get(node.type), node).map(([, body]) => body);
    for (const subgraph of [node.type, ...bodies].filter(isOpen)) yield* nodesFrom(whole, catalogue, [...inside, { node: name, subgraph }]);
  }
}

function withoutBorders(whole: WorkflowDocument, inside: Inside, inputs: JsonObject): JsonObject {
  return mapValues(inputs, (value) => {
    const link = linkOf(value);
    return link === null ? value : (comesFrom(whole, inside, link) ?? null);
  });
}

/** A link through more of them goes in a circle. */
const MOST_BORDERS = 100;

/** What a link brings in the end: a link to a node that uses no subgraph, or a literal; null if it leads to nothing. */
function comesFrom(whole: WorkflowDocument, inside: Inside, { node, output }: Link, left = MOST_BORDERS): Json {
  if (left === 0) return null;
  const graph = graphAt(whole, inside);
  if (node === linkedName(INPUTS_CARD)) {
    const given = inside.length > 0 ? graphAt(whole, inside.slice(0, -1)).nodes[inside.at(-1)?.node ?? ""]?.inputs[output] : undefined;
    const outer = linkOf(given);
    return outer ? comesFrom(whole, inside.slice(0, -1), outer, left - 1) : (given ?? defaultOf(graph, output));
  }
  const subgraph = graph.nodes[node]?.type ?? "";
  const isUse = scopeAt(whole, inside).has(subgraph) && !inside.some((entered) => entered.subgraph === subgraph);
  if (!isUse) return linkValue({ node: flatName(inside, node), output });
  const inner = [...inside, { node, subgraph }];
  const source = linkOf({ from: graphAt(whole, inner).outputs?.[output] ?? "" });
  return source && comesFrom(whole, inner, source, left - 1);
}

function defaultOf({ inputs }: WorkflowDocument, name: string): Json {
  const declared = inputs?.[name];
  return isObject(declared) ? (declared["default"] ?? null) : null;
}
