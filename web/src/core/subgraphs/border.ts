/** The border of a subgraph, seen from inside: one card for what it takes, and one for what it gives. */
import { text } from "../../text";
import { type DocumentInput, linkOf, type WorkflowDocument } from "../document";
import { boundsOf, type Size } from "../boxes";
import { connect, moveNodes } from "../edits";
import { asTaken } from "../exact";
import type { Attempt } from "../linking";
import { inputSchema, type InputSchema, type NodeSchema } from "../schema";
import { boxOf, USUAL } from "../items";
import { schemaOf, type Types } from "./bodies";
import { outputsIn } from "./outputs";
import { cardOf, INPUTS_CARD, linkedName, ONE_MORE, OUTPUTS_CARD } from "./cards";
import { freePort } from "./ports";
import { describeInput, UNADORNED } from "./schema";

/** The schema of a card on the canvas: of a node, or of one of the two cards of the border. */
export function schemaAt(types: Types, document: WorkflowDocument, card: string): NodeSchema | undefined {
  if (card === INPUTS_CARD) return inputsSchema(types, document);
  if (card === OUTPUTS_CARD) return outputsSchema(types, document);
  return schemaOf(types, document.nodes[card]);
}

const EMPTY = { category: "", output: false, plugin: "", deprecated: null, variables: {} };

function inputsSchema(types: Types, document: WorkflowDocument): NodeSchema {
  const outputs = Object.entries(document.inputs ?? {}).map(([name, declared]) => {
    const { types: names, type } = describeInput(name, declared, document, types);
    return { name, types: names, type, supertypes: {}, tooltip: "" };
  });
  const more = { name: ONE_MORE, types: ["Any"], type: "Any", supertypes: {}, tooltip: text.subgraphs.oneMoreInput };
  return { ...EMPTY, type: INPUTS_CARD, description: text.subgraphs.inputs, inputs: [], outputs: [...outputs, more] };
}

function outputsSchema(types: Types, document: WorkflowDocument): NodeSchema {
  const at = outputsIn(document, types);
  const inputs = Object.entries(document.outputs ?? {}).map(([name, source]) => {
    const dot = source.indexOf(".");
    return portOf(name, at(source.slice(0, dot), source.slice(dot + 1))?.types ?? ["Any"]);
  });
  return { ...EMPTY, type: OUTPUTS_CARD, description: text.subgraphs.outputs, inputs: [...inputs, portOf(ONE_MORE, ["Any"])], outputs: [] };
}

/** Whatever is linked to an output of the subgraph decides its type, so any fits; the types are for its looks. */
function portOf(name: string, types: readonly string[]): InputSchema {
  return {
    name,
    types,
    type: types.join(" | "),
    required: false,
    default: null,
    nullable: true,
    literal: null,
    ...UNADORNED,
  };
}

/** Link two ports of the canvas; from or to the port that stands for one more, the subgraph gets a new one. */
export function linkPorts(document: WorkflowDocument, types: Types, attempt: Attempt): WorkflowDocument {
  const { source, sourceHandle, target, targetHandle } = attempt;
  if (!sourceHandle || !targetHandle) return document;
  if (target === OUTPUTS_CARD) {
    const outputs = document.outputs ?? {};
    const name = targetHandle === ONE_MORE ? freePort(outputs, sourceHandle === "value" ? source : sourceHandle) : targetHandle;
    return { ...document, outputs: { ...outputs, [name]: `${linkedName(source)}.${sourceHandle}` } };
  }
  const schema = schemaOf(types, document.nodes[target]);
  const adds = source === INPUTS_CARD && sourceHandle === ONE_MORE;
  const [changed, port] = adds ? withInputFor(document, types, target, targetHandle) : [document, sourceHandle];
  return connect(changed, { node: linkedName(source), output: port }, target, targetHandle, schema);
}

/** The subgraph with one more input, made for an input of one of its nodes: what that holds becomes its default. */
function withInputFor(document: WorkflowDocument, types: Types, node: string, key: string): [WorkflowDocument, string] {
  const found = document.nodes[node];
  const schema = schemaOf(types, found);
  const wanted = schema ? inputSchema(schema, key) : null;
  const value = found?.inputs[key];
  const inputs = document.inputs ?? {};
  const name = freePort(inputs, key);
  const type = wanted && !wanted.type.includes("~") ? wanted.type : "Any";
  const held = value !== undefined && linkOf(value) === null ? value : wanted && !wanted.required && wanted.many === "" ? asTaken(wanted.default, wanted.literal) : undefined;
  const declared: DocumentInput = held === undefined ? { type } : { type, default: held };
  return [{ ...document, inputs: { ...inputs, [name]: declared } }, name];
}

/** The links that the border's outputs read by, as the canvas draws them. */
export function borderLinks(document: WorkflowDocument): { to: string; input: string; from: { node: string; output: string } }[] {
  return Object.entries(document.outputs ?? {}).flatMap(([input, source]) => {
    const from = linkOf({ from: source });
    return from === null ? [] : [{ to: OUTPUTS_CARD, input, from: { node: cardOf(from.node), output: from.output } }];
  });
}

const BESIDE = 120;

/** The cards of the border left and right of all nodes. */
export function withBorderBeside(document: WorkflowDocument, sizes: ReadonlyMap<string, Size>): WorkflowDocument {
  const boxes = Object.keys(document.nodes).flatMap((name) => boxOf(document, name, sizes) ?? []);
  const around = boundsOf(boxes);
  if (around === null) return document;
  const width = sizes.get(INPUTS_CARD)?.width ?? USUAL.width;
  return moveNodes(document, {
    [INPUTS_CARD]: { x: around.x - BESIDE - width, y: around.y },
    [OUTPUTS_CARD]: { x: around.x + around.width + BESIDE, y: around.y },
  });
}
