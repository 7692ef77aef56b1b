/** What a subgraph takes and gives: its ports, seen from inside. */
import { type DocumentInput, linkOf, type WorkflowDocument } from "../document";

/** A name that no port of a side has; the number is the first that is free. */
export function freePort(taken: object, wanted: string): string {
  const stem = wanted.replace(/[./\s]+/g, "_") || "value";
  if (!(stem in taken)) return stem;
  for (let number = 2; ; number++) if (!(`${stem}_${number}` in taken)) return `${stem}_${number}`;
}

/** Take an input of the subgraph away: what read it holds its default from now on, if it has one. */
export function removeInput(document: WorkflowDocument, name: string): WorkflowDocument {
  const { [name]: declared, ...inputs } = document.inputs ?? {};
  const held = typeof declared === "object" && "default" in declared ? declared.default : undefined;
  const nodes = Object.fromEntries(
    Object.entries(document.nodes).map(([key, node]) => {
      const left = Object.entries(node.inputs).flatMap(([input, value]): [string, typeof value][] => {
        const link = linkOf(value);
        if (link?.node !== "inputs" || link.output !== name) return [[input, value]];
        return held === undefined || held === null ? [] : [[input, held]];
      });
      return [key, { ...node, inputs: Object.fromEntries(left) }];
    }),
  );
  const outputs = Object.fromEntries(Object.entries(document.outputs ?? {}).filter(([, source]) => source !== `inputs.${name}`));
  return { ...document, inputs, outputs, nodes };
}

export function removeOutput(document: WorkflowDocument, name: string): WorkflowDocument {
  const { [name]: _, ...outputs } = document.outputs ?? {};
  return { ...document, outputs };
}

/** Say what an input is: its type, and its default; without one, every use has to give it. */
export function declareInput(document: WorkflowDocument, name: string, declared: DocumentInput): WorkflowDocument {
  return { ...document, inputs: { ...document.inputs, [name]: declared } };
}

/** Move a port up (-1) or down (1) among those of its side. */
export function movePort(document: WorkflowDocument, side: "inputs" | "outputs", name: string, by: -1 | 1): WorkflowDocument {
  const entries = Object.entries(document[side] ?? {});
  const from = entries.findIndex(([each]) => each === name);
  const to = from + by;
  if (from < 0 || to < 0 || to >= entries.length) return document;
  const [moved] = entries.splice(from, 1) as [(typeof entries)[number]];
  entries.splice(to, 0, moved);
  return { ...document, [side]: Object.fromEntries(entries) };
}

/** The declaration of an input, written out. */
export function declarationOf(declared: DocumentInput | string): DocumentInput {
  return typeof declared === "string" ? { type: declared } : { ...declared, type: declared.type ?? "Any" };
}
