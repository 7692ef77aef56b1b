/** What differs between two workflows, by node. */
import { type DocumentInput, type DocumentNode, type WorkflowDocument } from "./document";
import { isObject, type Json, type JsonObject, writeJson } from "./json";
import { readSubgraph } from "./subgraphs/nesting";

/** Something that one of them has, or both have, with other values; `undefined` is: not there. */
export interface Change {
  readonly what: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** A node that only one has, or both with changes; one of a subgraph is called `subgraph/node`. */
export interface NodeDifference {
  readonly node: string;
  readonly kind: "added" | "removed" | "changed";
  readonly type: string;
  /** Its inputs, and its `type` and `mode` under these names behind a colon. */
  readonly changes: readonly Change[];
}

export interface Difference {
  readonly nodes: readonly NodeDifference[];
  /** Of the workflow itself: its name, parameters, and what its subgraphs take and give. */
  readonly changes: readonly Change[];
  /** How many nodes only stand elsewhere or look otherwise. */
  readonly moved: number;
}

export const TYPE = ":type";
export const MODE = ":mode";

/** What was done to `before` to make `after` of it. */
export function compare(before: WorkflowDocument, after: WorkflowDocument): Difference {
  const own: Change[] = before.name === after.name ? [] : [{ what: "name", before: before.name, after: after.name }];
  const inner = compareGraphs(before, after, "");
  return { ...inner, changes: [...own, ...inner.changes] };
}

/** Whether nothing differs, not even where things stand. */
export function isSame({ nodes, changes, moved }: Difference): boolean {
  return nodes.length === 0 && changes.length === 0 && moved === 0;
}

function compareGraphs(before: WorkflowDocument, after: WorkflowDocument, within: string): Difference {
  const nodes: NodeDifference[] = [];
  for (const name of keysOf(before.nodes, after.nodes)) {
    const difference = compareNodes(`${within}${name}`, before.nodes[name], after.nodes[name]);
    if (difference) nodes.push(difference);
  }
  const changes = (["parameters", "inputs", "outputs"] as const).flatMap((part) =>
    changesOf(`${within}${part}: `, toJson(before[part]), toJson(after[part])),
  );
  let moved = Object.keys(after.nodes).filter((name) => name in before.nodes && !same(before.layout[name], after.layout[name])).length;
  for (const name of keysOf(before.subgraphs, after.subgraphs)) {
    const inner = compareGraphs(subgraph(before, name), subgraph(after, name), `${within}${name}/`);
    nodes.push(...inner.nodes);
    changes.push(...inner.changes);
    moved += inner.moved;
  }
  return { nodes, changes, moved };
}

function compareNodes(node: string, before: DocumentNode | undefined, after: DocumentNode | undefined): NodeDifference | null {
  if (!before) return after ? { node, kind: "added", type: after.type, changes: changesOf("", {}, after.inputs) } : null;
  if (!after) return { node, kind: "removed", type: before.type, changes: [] };
  const changes = [
    ...changesOf("", { [TYPE]: before.type, [MODE]: before.mode ?? "run" }, { [TYPE]: after.type, [MODE]: after.mode ?? "run" }),
    ...changesOf("", before.inputs, after.inputs),
  ];
  return changes.length === 0 ? null : { node, kind: "changed", type: after.type, changes };
}

function changesOf(prefix: string, before: Readonly<JsonObject>, after: Readonly<JsonObject>): Change[] {
  return keysOf(before, after)
    .filter((name) => !same(before[name], after[name]))
    .map((name) => ({ what: `${prefix}${name}`, before: before[name], after: after[name] }));
}

function keysOf(before: object, after: object): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

/** The same to the letter: 4 isn't 4.0. The order of an object's keys doesn't count. */
function same(before: Json | undefined, after: Json | undefined): boolean {
  if (before === after) return true;
  if (before === undefined || after === undefined) return false;
  if (isObject(before) && isObject(after)) return keysOf(before, after).every((key) => same(before[key], after[key]));
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((each, index) => same(each, after[index]));
  }
  return writeJson(before) === writeJson(after);
}

function toJson(part: WorkflowDocument["parameters"] | WorkflowDocument["inputs"] | WorkflowDocument["outputs"]): JsonObject {
  return (part ?? {}) as Record<string, string | (DocumentInput & JsonObject)> as JsonObject;
}

function subgraph(document: WorkflowDocument, name: string): WorkflowDocument {
  const json = document.subgraphs[name];
  return readSubgraph(isObject(json) ? json : { nodes: {} });
}

