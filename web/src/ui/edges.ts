import type { Edge } from "@xyflow/react";
import { portColour } from "../core/colours";
import { linksOf, type WorkflowDocument } from "../core/document";
import type { Catalogue } from "../core/schema";
import { colourType } from "../core/types";

/** The lines for a document's links, coloured like the ports; those that didn't change stay the same objects. */
export function edgesOf(document: WorkflowDocument, catalogue: Catalogue, before: readonly Edge[]): Edge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  return linksOf(document)
    .filter(({ from }) => from.node in document.nodes)
    .map(({ to, input, from }) => {
      const id = `${from.node}.${from.output}>${to}.${input}`;
      const schema = catalogue.get(document.nodes[from.node]?.type ?? "");
      const output = schema?.outputs.find((each) => each.name === from.output);
      const stroke = portColour(colourType(output?.types ?? []));
      const edge = known.get(id);
      if (edge?.style?.stroke === stroke) return edge;
      return {
        id,
        source: from.node,
        sourceHandle: from.output,
        target: to,
        targetHandle: input,
        data: { input },
        style: { stroke },
      };
    });
}
