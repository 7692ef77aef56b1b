/** Graphs inside of graphs: which one a path leads to, and a workflow with that one changed. */
import { type DocumentNode, emptyDocument, FORMAT, mapValues, type WorkflowDocument } from "../document";
import { isObject, type JsonObject } from "../json";
import { withPlacesInside } from "../usualPlaces";

/** One step into a graph: the node there that was entered, and the subgraph that it runs. */
export interface Entered {
  readonly node: string;
  readonly subgraph: string;
}

/** The way from the whole workflow to the graph in front; empty at the top. */
export type Inside = readonly Entered[];

const read = new WeakMap<JsonObject, WorkflowDocument>();

/**
 * A subgraph as a document, its nodes in places, which the JSON gets with the first change of it. The same object for
 * the same JSON, so that nothing is drawn anew without need.
 */
export function readSubgraph(json: JsonObject): WorkflowDocument {
  const known = read.get(json);
  if (known) return known;
  const nodes = isObject(json["nodes"]) ? json["nodes"] : {};
  const found = {
    ...emptyDocument(),
    ...json,
    format: FORMAT,
    nodes: mapValues(nodes, (node) => ({ ...(node as object), inputs: (node as JsonObject)["inputs"] ?? {} }) as unknown as DocumentNode),
  } as WorkflowDocument;
  const document = withPlacesInside(found);
  read.set(json, document);
  return document;
}

const LEFT_OUT = ["name", "parameters", "inputs", "outputs", "subgraphs", "layout"] as const;

/** A subgraph as workflows hold it: what is empty, and the format, are left out, as the engine does. */
export function writeSubgraph(document: WorkflowDocument): JsonObject {
  const { format: _, ...json } = document as unknown as JsonObject;
  for (const field of LEFT_OUT) {
    const value = json[field];
    if (value === "" || (isObject(value) && Object.keys(value).length === 0)) delete json[field];
  }
  read.set(json, document);
  return json;
}

/**
 * Where each graph on the way is defined: the names that lead to it from the top. A node can name its graph's own
 * subgraphs and those of every graph around. Ends where the way leads to nothing.
 */
function definitions(whole: WorkflowDocument, inside: Inside): { path: readonly string[]; graph: WorkflowDocument }[] {
  const levels: { path: readonly string[]; graph: WorkflowDocument }[] = [{ path: [], graph: whole }];
  for (const { subgraph } of inside) {
    const around = levels.findLast(({ graph }) => subgraph in graph.subgraphs);
    const json = around?.graph.subgraphs[subgraph];
    if (!around || !isObject(json)) break;
    levels.push({ path: [...around.path, subgraph], graph: readSubgraph(json) });
  }
  return levels;
}

/** The graph that the way leads to; of a way that leads to nothing, the last on it that there is. */
export function graphAt(whole: WorkflowDocument, inside: Inside): WorkflowDocument {
  return (definitions(whole, inside).at(-1) as { graph: WorkflowDocument }).graph;
}

/** As much of the way as there is: its subgraphs, and the nodes that were entered. */
export function existing(whole: WorkflowDocument, inside: Inside): Inside {
  const levels = definitions(whole, inside);
  const wrong = inside.findIndex(({ node }, depth) => depth + 1 >= levels.length || !(node in (levels[depth] as { graph: WorkflowDocument }).graph.nodes));
  return wrong < 0 ? inside : inside.slice(0, wrong);
}

/** The names that lead from the top to where the graph in front is defined. */
export function definedAt(whole: WorkflowDocument, inside: Inside): readonly string[] {
  return (definitions(whole, inside).at(-1) as { path: readonly string[] }).path;
}

/** The subgraphs that the graph in front can name: its own, and those of the graphs around it. */
export function scopeAt(whole: WorkflowDocument, inside: Inside): ReadonlyMap<string, WorkflowDocument> {
  const scope = new Map<string, WorkflowDocument>();
  for (const { graph } of definitions(whole, inside)) {
    for (const [name, json] of Object.entries(graph.subgraphs)) scope.set(name, readSubgraph(json));
  }
  return scope;
}
