import type { WorkflowDocument } from "./document";
import { isObject, type Json, type JsonObject, WholeFloat } from "./json";
import { type Catalogue, inputSchema, type LiteralSchema } from "./schema";

/**
 * The document as JSON in which a whole number that an input takes as a float is written as one, `4.0`: JavaScript
 * doesn't tell it from 4, but files and their diffs do.
 */
export function exact(document: WorkflowDocument, catalogue: Catalogue): Json {
  return exactGraph(document as unknown as JsonObject, catalogue);
}

function exactGraph(graph: JsonObject, catalogue: Catalogue): JsonObject {
  const nodes = isObject(graph["nodes"]) ? graph["nodes"] : {};
  const subgraphs = isObject(graph["subgraphs"]) ? graph["subgraphs"] : null;
  return {
    ...graph,
    nodes: mapped(nodes, (node) => (isObject(node) ? exactNode(node, catalogue) : node)),
    ...(subgraphs
      ? { subgraphs: mapped(subgraphs, (inner) => (isObject(inner) ? exactGraph(inner, catalogue) : inner)) }
      : {}),
  };
}

function exactNode(node: JsonObject, catalogue: Catalogue): JsonObject {
  const schema = typeof node["type"] === "string" ? catalogue.get(node["type"]) : undefined;
  const inputs = node["inputs"];
  if (!schema || !isObject(inputs)) return node;
  return {
    ...node,
    inputs: mapped(inputs, (value, key) => {
      const literal = inputSchema(schema, key)?.literal;
      const whole = typeof value === "number" && Number.isInteger(value);
      return whole && literal && isFloat(literal) ? (new WholeFloat(value) as unknown as Json) : value;
    }),
  };
}

/** Whether it is floats alone that the schema takes, or null. */
function isFloat(schema: LiteralSchema): boolean {
  const kinds = (schema.anyOf ?? [schema]).map(({ type }) => type).filter((type) => type !== "null");
  return kinds.length > 0 && kinds.every((type) => type === "number");
}

function mapped(record: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
