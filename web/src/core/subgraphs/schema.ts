/** Subgraphs as node types: what a card needs to show a use of one, and to check its links. */
import { text } from "../../text";
import { type DocumentInput, linkOf, type WorkflowDocument } from "../document";
import { plain } from "../json";
import { type Catalogue, type InputSchema, inputSchema, type LiteralSchema, type NodeSchema } from "../schema";
import { splitTypes, substitute } from "../types";
import { schemaOf, type Types } from "./bodies";
import { readSubgraph } from "./nesting";
import { type OutputAt, outputOf, outputsIn } from "./outputs";

export const CATEGORY = "subgraphs";

/** The node types of the server, and the subgraphs that can be named as types. */
export function withSubgraphs(catalogue: Catalogue, scope: ReadonlyMap<string, WorkflowDocument>): Catalogue {
  if (scope.size === 0) return catalogue;
  const found = new Map(catalogue);
  const types = new Scope(catalogue, scope, []);
  for (const name of scope.keys()) found.set(name, types.get(name) as NodeSchema);
  return found;
}

/** The types that can be named inside of a subgraph; each is described when asked for. */
class Scope implements Types {
  private readonly known = new Map<string, NodeSchema>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly subgraphs: ReadonlyMap<string, WorkflowDocument>,
    private readonly trail: readonly WorkflowDocument[],
  ) {}

  get(type: string): NodeSchema | undefined {
    const document = this.subgraphs.get(type);
    if (document === undefined) return this.catalogue.get(type);
    const before = this.known.get(type);
    if (before) return before;
    const schema = this.trail.includes(document) ? openSchema(type, document) : this.describe(type, document);
    this.known.set(type, schema);
    return schema;
  }

  private describe(name: string, document: WorkflowDocument): NodeSchema {
    const own = Object.entries(document.subgraphs).map(([each, json]) => [each, readSubgraph(json)] as const);
    const types = new Scope(this.catalogue, new Map([...this.subgraphs, ...own]), [...this.trail, document]);
    const at = outputsIn(document, types);
    const inputs = Object.entries(document.inputs ?? {}).map(([input, declared]) => describeInput(input, declared, document, types));
    const parameters = Object.entries(document.parameters).filter(([parameter]) => !(parameter in (document.inputs ?? {})));
    return {
      ...openSchema(name, document),
      inputs: [...inputs, ...parameters.flatMap(([parameter, place]) => describeParameter(parameter, place, document, types))],
      outputs: Object.entries(document.outputs ?? {}).map(([output, source]) => describeOutput(output, source, at)),
      output: Object.values(document.nodes).some((node) => types.get(node.type)?.output),
    };
  }
}

/** What can be told of a subgraph without looking into it. */
function openSchema(name: string, document: WorkflowDocument): NodeSchema {
  return {
    type: name,
    category: CATEGORY,
    description: document.name || text.subgraphs.description(Object.keys(document.nodes).length),
    inputs: Object.entries(document.inputs ?? {}).map(([input, declared]) => openInput(input, declared)),
    outputs: Object.keys(document.outputs ?? {}).map((output) => outputOf(output, ["Any"])),
    output: false,
    plugin: "",
    deprecated: null,
    variables: {},
  };
}

/** What an input has that only nodes written in Python can ask for. */
export const UNADORNED = { tooltip: "", seed: false, choices: null, lazy: false, many: "", gets: null } as const;

function openInput(name: string, declared: DocumentInput | string): InputSchema {
  const { type = "Any", ...given } = typeof declared === "string" ? { type: declared } : declared;
  const split = splitTypes(type);
  const types = split.length > 0 ? split : ["Any"];
  return {
    name,
    type: types.join(" | "),
    types,
    required: !("default" in given),
    default: "default" in given ? plain(given.default ?? null) : null,
    nullable: types.includes("None") || ("default" in given && given.default === null),
    literal: literalOf(types),
    ...UNADORNED,
  };
}

const LITERALS: Readonly<Record<string, LiteralSchema>> = {
  int: { type: "integer" },
  float: { type: "number" },
  str: { type: "string" },
  bool: { type: "boolean" },
};

/** The literals that an input of these types takes; null if only a link can bring a value. */
export function literalOf(types: readonly string[]): LiteralSchema | null {
  const found = types.flatMap((type) => LITERALS[type] ?? []);
  if (types.includes("Any")) return {};
  return found.length > 1 ? { anyOf: found } : (found[0] ?? null);
}

/** An input as it is declared; where what reads it inside knows more of its values, with that. */
export function describeInput(name: string, declared: DocumentInput | string, document: WorkflowDocument, types: Types): InputSchema {
  const open = openInput(name, declared);
  const reader = readerOf(name, document, types);
  if (!reader) return open;
  const isOpen = open.types.includes("Any");
  return {
    ...reader,
    name,
    types: isOpen ? reader.types : open.types,
    type: isOpen ? reader.type : open.type,
    required: open.required,
    default: open.default,
    nullable: open.nullable || reader.nullable,
    many: "",
  };
}

/** The schema of the first input inside that reads this one. */
function readerOf(name: string, document: WorkflowDocument, types: Types): InputSchema | null {
  for (const node of Object.values(document.nodes)) {
    for (const [key, value] of Object.entries(node.inputs)) {
      const link = linkOf(value);
      if (link?.node !== "inputs" || link.output !== name) continue;
      const schema = schemaOf(types, node);
      const found = schema && inputSchema(schema, key);
      if (!schema || !found) continue;
      const known = substitute(found.types, schema.variables);
      return { ...found, types: known, type: known.join(" | ") };
    }
  }
  return null;
}

/** A parameter of a subgraph: it takes the place of what an input inside holds. */
function describeParameter(name: string, place: string, document: WorkflowDocument, types: Types): InputSchema[] {
  const dot = place.indexOf(".");
  const node = document.nodes[place.slice(0, dot)];
  const key = place.slice(dot + 1);
  const schema = schemaOf(types, node);
  const found = schema && inputSchema(schema, key);
  if (!node || !found) return [];
  const value = node.inputs[key];
  const held = value === undefined ? found.default : linkOf(value) === null ? plain(value) : null;
  return [{ ...found, name, required: false, default: held, many: "" }];
}

function describeOutput(name: string, source: string, at: OutputAt) {
  const dot = source.indexOf(".");
  const found = at(source.slice(0, dot), source.slice(dot + 1));
  return found ? { ...found, name } : outputOf(name, ["Any"]);
}
