import { linkOf, type WorkflowDocument } from "./document";
import { setInput } from "./edits";
import type { JsonObject } from "./json";
import { parametersOf } from "./parameters";

/** What the parameters' inputs are set to, by their names; what is linked or left as it is by default isn't there. */
export function valuesOf(document: WorkflowDocument): JsonObject {
  const set = parametersOf(document).map(({ name, node, input }) => [name, document.nodes[node]?.inputs[input]] as const);
  return Object.fromEntries(set.filter(([, value]) => value !== undefined && linkOf(value) === null)) as JsonObject;
}

/** The document with these values, of those parameters that it still has. */
export function withValues(document: WorkflowDocument, values: Readonly<JsonObject>): WorkflowDocument {
  return parametersOf(document).reduce((changed, { name, node, input }) => {
    const value = values[name];
    return value === undefined || !(node in changed.nodes) ? changed : setInput(changed, node, input, value);
  }, document);
}
