import { text } from "../text";
import type { WorkflowDocument } from "./document";
import { closesCircle } from "./edits";
import { type Catalogue, hintOf, type InputSchema, inputSchema, type NodeSchema } from "./schema";
import { schemaAt } from "./subgraphs/border";
import { ONE_MORE, OUTPUTS_CARD } from "./subgraphs/cards";
import { colourType, fits, shownType } from "./types";

export interface Attempt {
  readonly source: string;
  readonly sourceHandle: string | null;
  readonly target: string;
  readonly targetHandle: string | null;
}

/** Why two ports can't be linked, in words; null if they can. */
export function refusal(
  document: WorkflowDocument,
  catalogue: Catalogue,
  attempt: Attempt,
  isCircle = (source: string, target: string) => closesCircle(document, source, target),
): string | null {
  const { source, sourceHandle, target, targetHandle } = attempt;
  if (!sourceHandle || !targetHandle) return text.link.taken;
  if (source === target) return text.link.self;
  if (sourceHandle === ONE_MORE && target === OUTPUTS_CARD) return text.subgraphs.bothNew;
  if (isCircle(source, target)) return text.link.circle;
  if (target === OUTPUTS_CARD) return null; // its type is that of what comes
  const giver = schemaAt(catalogue, document, source);
  const taker = schemaAt(catalogue, document, target);
  const output = giver?.outputs.find((each) => each.name === sourceHandle);
  const input = taker && inputSchema(taker, targetHandle);
  if (!giver || !taker || !output || !input) return null; // the engine will tell
  if (fits(output, input, giver.variables, taker.variables)) return null;
  return text.link.type(shownType(input.type), shownType(output.type));
}

/** A port that something is to be linked with. */
export interface PortAt {
  readonly node: string;
  readonly name: string;
  readonly kind: "input" | "output";
}

/** Which ports one can be linked with: for many at once. */
export function linkable(document: WorkflowDocument, catalogue: Catalogue, from: PortAt): (node: string, name: string) => boolean {
  const circles = new Map<string, boolean>();
  return (node, name) => {
    const [giver, taker] = from.kind === "output" ? [from, { node, name }] : [{ node, name }, from];
    const attempt = { source: giver.node, sourceHandle: giver.name, target: taker.node, targetHandle: taker.name };
    const isCircle = (source: string, target: string) => {
      const known = circles.get(node) ?? closesCircle(document, source, target);
      circles.set(node, known);
      return known;
    };
    return refusal(document, catalogue, attempt, isCircle) === null;
  };
}

/** A port of a node type that fits an open one. */
export interface Fit {
  readonly name: string;
  /** 0 if it is there for what the open one has, 1 if it may also do without, 2 if it takes or gives anything at all. */
  readonly rank: 0 | 1 | 2;
}

/** The port of a node type that fits an open one best, the first of several as good; null if none does. */
export function fittingPort(
  document: WorkflowDocument,
  catalogue: Catalogue,
  port: PortAt,
  schema: NodeSchema,
): Fit | null {
  const owner = schemaAt(catalogue, document, port.node);
  if (!owner) return null;
  if (port.kind === "output") {
    const output = owner.outputs.find((each) => each.name === port.name);
    if (!output) return null;
    const fitting = schema.inputs.filter((input) => fits(output, input, owner.variables, schema.variables));
    return best(fitting.map((input) => ({ name: input.name, rank: !namesOneOf(input.types, output.types) ? 2 : isMain(input) ? 0 : 1 })));
  }
  const input = inputSchema(owner, port.name);
  if (!input) return null;
  const fitting = schema.outputs.filter((output) => fits(output, input, schema.variables, owner.variables));
  return best(fitting.map(({ name, types }) => ({ name, rank: namesOneOf(types, input.types) ? 0 : 2 })));
}

/** Whether a node is there for what comes in here: it can't do without, or shows it large, as prompts are. */
function isMain({ required, literal }: InputSchema): boolean {
  return required || hintOf(literal) === "multiline";
}

/** Whether a type is named by both, by itself or as that of a list's items. */
function namesOneOf(types: readonly string[], others: readonly string[]): boolean {
  const known = new Set(others.map((name) => colourType([name])));
  return types.some((name) => known.has(colourType([name])));
}

function best(found: readonly Fit[]): Fit | null {
  return found.reduce<Fit | null>((before, each) => (before === null || each.rank < before.rank ? each : before), null);
}
