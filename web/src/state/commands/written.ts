import type { WorkflowDocument } from "../../core/document";
import { exact } from "../../core/exact";
import type { Json } from "../../core/json";
import { useCatalogue } from "../catalogue";

/** The document as files have it. */
export function written(document: WorkflowDocument): Json {
  return exact(document, useCatalogue.getState().nodes);
}
