/** Where a subgraph is used, and changes that its uses have to follow. */
import { type DocumentNode, linkOf, mapValues, type WorkflowDocument } from "../document";
import { renumber } from "../edits";
import { isObject, type Json, type JsonObject } from "../json";
import { bodyNames, type Types } from "./bodies";
import { readSubgraph, writeSubgraph } from "./nesting";

/** The names that lead from the top to where a subgraph is defined. */
export type Path = readonly string[];

/** The graph that is defined there. */
export function graphOf(whole: WorkflowDocument, path: Path): WorkflowDocument {
  return path.reduce((graph, name) => readSubgraph(graph.subgraphs[name] as JsonObject), whole);
}

/** The workflow with another graph there; nothing else follows. */
export function withGraph(graph: WorkflowDocument, path: Path, by: WorkflowDocument): WorkflowDocument {
  const [name, ...rest] = path;
  if (name === undefined) return by;
  const inner = withGraph(readSubgraph(graph.subgraphs[name] as JsonObject), rest, by);
  return { ...graph, subgraphs: { ...graph.subgraphs, [name]: writeSubgraph(inner) } };
}

/** The graphs that can name a subgraph: the one that defines it, and those in there that mean no other by its name. */
export function seenFrom(whole: WorkflowDocument, path: Path): Path[] {
  const name = path.at(-1) as string;
  const found: Path[] = [];
  const visit = (at: Path) => {
    found.push(at);
    for (const [each, json] of Object.entries(graphOf(whole, at).subgraphs)) {
      if (!(name in readSubgraph(json).subgraphs)) visit([...at, each]);
    }
  };
  visit(path.slice(0, -1));
  return found;
}

/** The nodes of a graph that run a subgraph, as their type or as their body. */
export function usesIn(graph: WorkflowDocument, name: string, types: Types): string[] {
  return Object.entries(graph.nodes)
    .filter(([, node]) => node.type === name || bodyNames(types.get(node.type), node).some(([, body]) => body === name))
    .map(([node]) => node);
}

/** Whether any node of the workflow runs the subgraph. */
export function isUsed(whole: WorkflowDocument, path: Path, types: Types): boolean {
  const name = path.at(-1) as string;
  return seenFrom(whole, path).some((at) => {
    const graph = graphOf(whole, at);
    return usesIn(graph, name, types).length > 0 || handsOn(graph, name, types);
  });
}

/** Whether a graph may hand the subgraph on as a body: by an input of another subgraph, or by a default of its own. */
function handsOn(graph: WorkflowDocument, name: string, types: Types): boolean {
  const defaults = Object.values(graph.inputs ?? {}).map((declared) => (typeof declared === "object" ? declared.default : undefined));
  const given = Object.values(graph.nodes).flatMap(({ type, inputs }) => (types.get(type) ? [] : Object.values(inputs)));
  return [...defaults, ...given].includes(name);
}

/** The workflow with another graph in that place; what uses it lets go of inputs and outputs that are gone. */
export function replaceGraph(whole: WorkflowDocument, path: Path, graph: WorkflowDocument, types: Types): WorkflowDocument {
  if (path.length === 0) return graph;
  const before = graphOf(whole, path);
  const inputs = lost({ ...before.parameters, ...before.inputs }, { ...graph.parameters, ...graph.inputs });
  const outputs = lost(before.outputs, graph.outputs);
  const changed = withGraph(whole, path, graph);
  if (inputs.size === 0 && outputs.size === 0) return changed;
  return changeUses(changed, path, types, (around, uses) => withoutPorts(around, uses, inputs, outputs, types));
}

/** Change every graph that uses a subgraph; graphs that use those follow in turn. */
export function changeUses(
  whole: WorkflowDocument,
  path: Path,
  types: Types,
  change: (graph: WorkflowDocument, uses: ReadonlySet<string>) => WorkflowDocument,
): WorkflowDocument {
  let changed = whole;
  for (const at of seenFrom(whole, path)) {
    const graph = graphOf(changed, at);
    const uses = usesIn(graph, path.at(-1) as string, types);
    if (uses.length === 0) continue;
    const after = change(graph, new Set(uses));
    if (after !== graph) changed = replaceGraph(changed, at, after, types);
  }
  return changed;
}

/** Call an input of a subgraph something else, inside of it and wherever it is used. */
export function renameInput(whole: WorkflowDocument, path: Path, old: string, name: string, types: Types): WorkflowDocument {
  const before = graphOf(whole, path);
  const inner = {
    ...before,
    inputs: renamed(before.inputs ?? {}, old, name),
    nodes: relinked(before.nodes, (link) => (link === `inputs.${old}` ? `inputs.${name}` : link)),
    outputs: mapValues(before.outputs ?? {}, (source) => (source === `inputs.${old}` ? `inputs.${name}` : source)),
  };
  return changeUses(withGraph(whole, path, inner), path, types, (graph, uses) => ({
    ...graph,
    nodes: mapValues(graph.nodes, (node, key) => (uses.has(key) ? { ...node, inputs: renamed(node.inputs, old, name) } : node)),
    parameters: mapValues(graph.parameters, (place) => renamedPlace(place, uses, old, name)),
  }));
}

/** Call an output of a subgraph something else, and what reads it wherever it is used. */
export function renameOutput(whole: WorkflowDocument, path: Path, old: string, name: string, types: Types): WorkflowDocument {
  const before = graphOf(whole, path);
  const inner = { ...before, outputs: renamed(before.outputs ?? {}, old, name) };
  return changeUses(withGraph(whole, path, inner), path, types, (graph, uses) => {
    const follow = (source: string) => renamedPlace(source, uses, old, name);
    return {
      ...graph,
      nodes: relinked(graph.nodes, follow),
      ...(graph.outputs ? { outputs: mapValues(graph.outputs, follow) } : {}),
    };
  });
}

/** Call a subgraph something else, as a type and as a body. The name must be free. */
export function renameSubgraph(whole: WorkflowDocument, path: Path, name: string, types: Types): WorkflowDocument {
  const old = path.at(-1) as string;
  const follow = (node: DocumentNode): DocumentNode => {
    const bodies = bodyNames(types.get(node.type), node).filter(([, body]) => body === old);
    const inputs = { ...node.inputs };
    for (const [, , input] of bodies) inputs[input.name] = withName(inputs[input.name] as Json, old, name);
    return { ...node, type: node.type === old ? name : node.type, ...(bodies.length > 0 ? { inputs } : {}) };
  };
  const changed = changeUses(whole, path, types, (graph, uses) => ({
    ...graph,
    nodes: mapValues(graph.nodes, (node, key) => (uses.has(key) ? follow(node) : node)),
  }));
  const around = graphOf(changed, path.slice(0, -1));
  return withGraph(changed, path.slice(0, -1), { ...around, subgraphs: renamed(around.subgraphs, old, name) });
}

function withName(value: Json, old: string, name: string): Json {
  if (isObject(value)) return mapValues(value, (each) => (each === old ? name : each));
  return value === old ? name : value;
}

/** Take a subgraph away that nothing uses. */
export function removeSubgraph(whole: WorkflowDocument, path: Path): WorkflowDocument {
  const around = graphOf(whole, path.slice(0, -1));
  const { [path.at(-1) as string]: _, ...subgraphs } = around.subgraphs;
  return withGraph(whole, path.slice(0, -1), { ...around, subgraphs });
}

function withoutPorts(
  graph: WorkflowDocument,
  uses: ReadonlySet<string>,
  inputs: ReadonlySet<string>,
  outputs: ReadonlySet<string>,
  types: Types,
): WorkflowDocument {
  const isLost = (source: string, names: ReadonlySet<string>) => {
    const [node, port] = halves(source);
    return uses.has(node) && names.has(port);
  };
  const keep = <T>(record: Readonly<Record<string, T>>, lost: (value: T, key: string) => boolean): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([key, value]) => !lost(value, key)));
  return {
    ...graph,
    nodes: mapValues(graph.nodes, (node, key) => {
      const left = keep(node.inputs, (value, input) => {
        const link = linkOf(value);
        if (link !== null && uses.has(link.node) && outputs.has(link.output)) return true;
        return uses.has(key) && inputs.has(input);
      });
      const whole = Object.keys(left).length === Object.keys(node.inputs).length;
      return whole ? node : renumber({ ...node, inputs: left }, types.get(node.type));
    }),
    parameters: keep(graph.parameters, (place) => isLost(place, inputs)),
    ...(graph.outputs ? { outputs: keep(graph.outputs, (source) => isLost(source, outputs)) } : {}),
  };
}

function lost(before: object | undefined, after: object | undefined): ReadonlySet<string> {
  return new Set(Object.keys(before ?? {}).filter((name) => !(name in (after ?? {}))));
}

function renamed<T>(record: Readonly<Record<string, T>>, old: string, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key === old ? name : key, value]));
}

function renamedPlace(place: string, uses: ReadonlySet<string>, old: string, name: string): string {
  const [node, port] = halves(place);
  return uses.has(node) && port === old ? `${node}.${name}` : place;
}

/** The nodes with their links changed; those that read nothing of it stay the same objects. */
export function relinked(nodes: Readonly<Record<string, DocumentNode>>, change: (source: string) => string): Record<string, DocumentNode> {
  return mapValues(nodes, (node) => {
    let touched = false;
    const inputs = mapValues(node.inputs, (value) => {
      if (linkOf(value) === null) return value;
      const { from } = value as { from: string };
      const after = change(from);
      if (after === from) return value;
      touched = true;
      return { from: after };
    });
    return touched ? { ...node, inputs } : node;
  });
}

/** A place such as `node.input` in its two parts. */
export function halves(place: string): [string, string] {
  const dot = place.indexOf(".");
  return dot < 0 ? [place, ""] : [place.slice(0, dot), place.slice(dot + 1)];
}
