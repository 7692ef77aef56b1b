import type { Edge } from "@xyflow/react";
import { same } from "../../core/same";
import type { Point } from "../../core/boxes";
import { portColour } from "../../core/colours";
import { type DocumentLink, linksOf, type WorkflowDocument } from "../../core/document";
import { pointsOf } from "../../core/routes";
import type { Catalogue, OutputSchema } from "../../core/schema";
import { borderLinks, schemaAt } from "../../core/subgraphs/border";
import { cardOf, INPUTS_CARD, isCard } from "../../core/subgraphs/cards";
import { colourType } from "../../core/types";
import { text } from "../../text";

export type LinkEdge = Edge<{ readonly input: string; readonly points: readonly Point[] }, "plain" | "routed">;

const OVER_CARDS = 1000;

/**
 * The lines for a document's links, coloured like the ports; those that didn't change stay the same objects.
 * `selected`: the links that are, each as `node.input`. `inside`: in a subgraph, whose border has links, too.
 */
export function edgesOf(
  document: WorkflowDocument,
  catalogue: Catalogue,
  selected: readonly string[],
  before: readonly LinkEdge[],
  inside: boolean,
): LinkEdge[] {
  const border = inside ? schemaAt(catalogue, document, INPUTS_CARD) : undefined;
  const schemaOfSource = (card: string) => (card === INPUTS_CARD ? border : schemaAt(catalogue, document, card));
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const chosen = new Set(selected);
  const colours = new Map<OutputSchema | undefined, string>();
  const colourOf = (output: OutputSchema | undefined) => {
    const colour = colours.get(output) ?? portColour(colourType(output?.types ?? []));
    colours.set(output, colour);
    return colour;
  };
  const links = inside ? [...linksOf(document), ...borderLinks(document)].map(fromCard) : linksOf(document);
  const now = links
    .filter(({ from }) => from.node in document.nodes || (inside && isCard(from.node)))
    .map(({ to, input, from }) => {
      const id = `${from.node}.${from.output}>${to}.${input}`;
      const stroke = colourOf(schemaOfSource(from.node)?.outputs.find((each) => each.name === from.output));
      const points = pointsOf(document, to, input);
      const isSelected = chosen.has(`${to}.${input}`);
      const edge = known.get(id);
      const isSame = edge?.style?.stroke === stroke && edge.data?.points === points && edge.selected === isSelected;
      if (edge && isSame) return edge;
      return {
        id,
        type: points.length > 0 ? ("routed" as const) : ("plain" as const),
        source: from.node,
        sourceHandle: from.output,
        target: to,
        targetHandle: input,
        data: { input, points },
        ariaLabel: text.canvas.linkFrom(from.node, to),
        ...(points.length > 0 ? { ariaRole: "group" as const } : {}), // its way points are reached by Tab
        selected: isSelected,
        ...(isSelected ? { zIndex: OVER_CARDS } : {}), // and not, as React Flow has it, all links of a selected card
        style: { stroke },
      };
    });
  return same(before, now) ? (before as LinkEdge[]) : now;
}

/** The link as the canvas has it: from the card of the border, where it reads what the subgraph takes. */
function fromCard({ to, input, from }: DocumentLink): DocumentLink {
  return { to, input, from: { ...from, node: cardOf(from.node) } };
}
