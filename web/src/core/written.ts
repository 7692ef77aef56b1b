import type { WorkflowDocument } from "./document";
import { isObject, type Json, type JsonObject, writeJson } from "./json";

const FIELDS = ["format", "name", "parameters", "inputs", "outputs", "nodes", "subgraphs", "layout"];
const UNLESS_EMPTY = ["inputs", "outputs"];

/** The document as JSON, its fields in the order that the engine writes them in. */
export function written(document: WorkflowDocument): Json {
  return writtenGraph(document as unknown as JsonObject);
}

/** The document as a file has it, letter by letter as the engine would write it. */
export function fileText(document: WorkflowDocument): string {
  return `${writeJson(written(document), 2)}\n`;
}

function writtenGraph(graph: JsonObject): JsonObject {
  const fields = [...FIELDS, ...Object.keys(graph).filter((field) => !FIELDS.includes(field))];
  const { subgraphs } = graph;
  const inner = isObject(subgraphs)
    ? Object.fromEntries(Object.entries(subgraphs).map(([name, each]) => [name, isObject(each) ? writtenGraph(each) : each]))
    : subgraphs;
  const given = fields.filter((field) => {
    const value = graph[field];
    return value !== undefined && !(UNLESS_EMPTY.includes(field) && isObject(value) && Object.keys(value).length === 0);
  });
  return Object.fromEntries(given.map((field) => [field, (field === "subgraphs" ? inner : graph[field]) as Json]));
}
