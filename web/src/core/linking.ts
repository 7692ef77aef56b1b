import { text } from "../text";
import type { WorkflowDocument } from "./document";
import { closesCircle } from "./edits";
import { type Catalogue, inputSchema, type NodeSchema } from "./schema";
import { schemaAt } from "./subgraphs/border";
import { ONE_MORE, OUTPUTS_CARD } from "./subgraphs/cards";
import { fits } from "./types";

export interface Attempt {
  readonly source: string;
  readonly sourceHandle: string | null;
  readonly target: string;
  readonly targetHandle: string | null;
}

/** Why two ports can't be linked, in words; null if they can. */
export function refusal(document: WorkflowDocument, catalogue: Catalogue, attempt: Attempt): string | null {
  const { source, sourceHandle, target, targetHandle } = attempt;
  if (!sourceHandle || !targetHandle) return text.link.taken;
  if (source === target) return text.link.self;
  if (sourceHandle === ONE_MORE && target === OUTPUTS_CARD) return text.subgraphs.bothNew;
  if (closesCircle(document, source, target)) return text.link.circle;
  if (target === OUTPUTS_CARD) return null; // its type is that of what comes
  const giver = schemaAt(catalogue, document, source);
  const taker = schemaAt(catalogue, document, target);
  const output = giver?.outputs.find((each) => each.name === sourceHandle);
  const input = taker && inputSchema(taker, targetHandle);
  if (!giver || !taker || !output || !input) return null; // the engine will tell
  if (fits(output, input, giver.variables, taker.variables)) return null;
  return text.link.type(input.type, output.type);
}

/** A port that something is to be linked with. */
export interface PortAt {
  readonly node: string;
  readonly name: string;
  readonly kind: "input" | "output";
}

/** The port of a node type that fits an open one: the first required, or the first of all; null if none does. */
export function fittingPort(
  document: WorkflowDocument,
  catalogue: Catalogue,
  port: PortAt,
  schema: NodeSchema,
): string | null {
  const owner = schemaAt(catalogue, document, port.node);
  if (!owner) return null;
  if (port.kind === "output") {
    const output = owner.outputs.find((each) => each.name === port.name);
    if (!output) return null;
    const fitting = schema.inputs.filter((input) => fits(output, input, owner.variables, schema.variables));
    return (fitting.find((input) => input.required) ?? fitting[0])?.name ?? null;
  }
  const input = inputSchema(owner, port.name);
  if (!input) return null;
  return schema.outputs.find((output) => fits(output, input, schema.variables, owner.variables))?.name ?? null;
}
