/** The parameters of a workflow as a form: their order, and what people read beside them. */
import type { WorkflowDocument } from "./document";
import { isObject } from "./json";
import { words } from "./schema";

/** A parameter, and the input that it sets. */
export interface Parameter {
  readonly name: string;
  readonly label: string;
  readonly node: string;
  readonly input: string;
}

/** The layout has labels under these keys, since no result depends on them. */
const keyOf = (name: string): string => `parameter/${name}`;

export function parametersOf({ parameters, layout }: Pick<WorkflowDocument, "parameters" | "layout">): Parameter[] {
  return Object.entries(parameters).map(([name, place]) => {
    const dot = place.indexOf(".");
    const looks = layout[keyOf(name)];
    const label = isObject(looks) && typeof looks["label"] === "string" ? looks["label"] : words(name);
    return { name, label, node: place.slice(0, dot), input: place.slice(dot + 1) };
  });
}

/** Move a parameter by so many places; at the ends it stays. */
export function moveParameter(document: WorkflowDocument, name: string, by: number): WorkflowDocument {
  const entries = Object.entries(document.parameters);
  const from = entries.findIndex(([each]) => each === name);
  const to = from + by;
  const moved = entries[from];
  if (!moved || to < 0 || to >= entries.length) return document;
  return { ...document, parameters: Object.fromEntries(entries.toSpliced(from, 1).toSpliced(to, 0, moved)) };
}

/** Show a parameter under another label; under its own name for an empty one. */
export function labelParameter(document: WorkflowDocument, name: string, label: string): WorkflowDocument {
  const { [keyOf(name)]: before, ...layout } = document.layout;
  const looks = isObject(before) ? before : {};
  const { label: was, ...others } = looks;
  const now = label.trim();
  if ((was ?? words(name)) === (now || words(name))) return document;
  const changed = now === "" || now === words(name) ? others : { ...others, label: now };
  return { ...document, layout: Object.keys(changed).length > 0 ? { ...layout, [keyOf(name)]: changed } : layout };
}

/** Labels of parameters that there are no more are dropped. */
export function withoutStaleLabels(document: WorkflowDocument): WorkflowDocument {
  const stale = Object.keys(document.layout).filter((key) => key.startsWith("parameter/") && !(key.slice("parameter/".length) in document.parameters));
  if (stale.length === 0) return document;
  return { ...document, layout: Object.fromEntries(Object.entries(document.layout).filter(([key]) => !stale.includes(key))) };
}
