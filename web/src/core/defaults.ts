/** Inputs that were set, and the defaults that they have. */
import { linkOf, type WorkflowDocument } from "./document";
import { clearInput } from "./edits";
import { type Json, plain, writeJson } from "./json";
import { type Catalogue, inputSchema, type InputSchema } from "./schema";
import { schemaOf } from "./subgraphs/bodies";

/** Whether an input was set to something else than its default; what must be set has none. */
export function differs(given: Json | undefined, schema: InputSchema): boolean {
  return given !== undefined && linkOf(given) === null && !schema.required && asText(given) !== asText(schema.default);
}

/** A value as it is told; 4.0 and 4 are the same one. */
export const asText = (value: Json): string => writeJson(plain(value) as Json);

/** Take all that was set of a node, and has a default, back to it. Links stay. */
export function resetInputs(document: WorkflowDocument, node: string, catalogue: Catalogue): WorkflowDocument {
  const found = document.nodes[node];
  const schema = schemaOf(catalogue, found);
  if (!found || !schema) return document;
  return Object.entries(found.inputs).reduce((before, [input, given]) => {
    const own = inputSchema(schema, input);
    return own && own.many === "" && differs(given, own) ? clearInput(before, node, input) : before;
  }, document);
}
