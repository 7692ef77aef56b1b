/** Nodes of a graph put together as a subgraph, with one node in their place that uses it. */
import { text } from "../../text";
import { type DocumentInput, type DocumentNode, emptyDocument, linkOf, mapValues, placeOf, type WorkflowDocument } from "../document";
import { freeName } from "../edits";
import { asTaken } from "../exact";
import { isObject, type Json, type JsonObject } from "../json";
import { inputSchema } from "../schema";
import { endOfRoute } from "../routes";
import { seedHabit } from "../seeds";
import { schemaOf, type Types } from "./bodies";
import { writeSubgraph } from "./nesting";
import { outputsIn } from "./outputs";
import { freePort } from "./ports";
import { withPlacesInside } from "../usualPlaces";
import { halves, relinked } from "./uses";

/** Why these nodes can't become a subgraph, in words; null if they can. */
export function extractRefusal(document: WorkflowDocument, names: readonly string[]): string | null {
  const chosen = new Set(names.filter((name) => name in document.nodes));
  if (chosen.size === 0) return text.subgraphs.nothingChosen;
  const between = nodeBetween(document, chosen);
  return between === null ? null : text.subgraphs.between(between);
}

/** A node that isn't chosen, yet reads what is chosen and is read by it: the subgraph would read itself. */
function nodeBetween(document: WorkflowDocument, chosen: ReadonlySet<string>): string | null {
  const known = new Map<string, boolean>();
  const readsChosen = (name: string): boolean => {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, false);
    const found = sourcesOf(document.nodes[name]).some((source) => chosen.has(source) || readsChosen(source));
    known.set(name, found);
    return found;
  };
  for (const name of chosen) {
    const found = sourcesOf(document.nodes[name]).find((source) => !chosen.has(source) && readsChosen(source));
    if (found !== undefined) return found;
  }
  return null;
}

function sourcesOf(node: DocumentNode | undefined): string[] {
  return Object.values(node?.inputs ?? {}).flatMap((value) => linkOf(value)?.node ?? []);
}

/**
 * Put nodes together as the subgraph `name`. Links over its border become its inputs and outputs, and so do inputs
 * that are parameters: the workflow can only set what its own nodes take. Returns the name of the node that uses it.
 */
export function extract(document: WorkflowDocument, names: readonly string[], name: string, types: Types): [WorkflowDocument, string] {
  const chosen = new Set(Object.keys(document.nodes).filter((each) => names.includes(each)));
  const border = new Border(document, chosen, types);
  const nodes = Object.fromEntries([...chosen].map((each) => [each, border.inner(each)]));
  const rest = { ...document, nodes: Object.fromEntries(Object.entries(document.nodes).filter(([each]) => !chosen.has(each))) };
  const use = freeName(rest, name);
  const outward = (source: string) => {
    const [node] = halves(source);
    return chosen.has(node) ? `${use}.${border.output(source)}` : source;
  };
  const first = Object.keys(document.nodes).findIndex((each) => chosen.has(each));
  const before = Object.keys(document.nodes).slice(0, first);
  const outer: Record<string, DocumentNode> = {};
  for (const each of before) outer[each] = rest.nodes[each] as DocumentNode;
  outer[use] = { type: name, inputs: {} };
  for (const [each, node] of Object.entries(rest.nodes)) outer[each] ??= node;
  const relinkedOuter = relinked(outer, outward);
  const outputs = document.outputs && mapValues(document.outputs, outward);
  const parameters = mapValues(document.parameters, (place) => {
    const [node, input] = halves(place);
    return chosen.has(node) ? `${use}.${border.parameter(node, input)}` : place;
  });
  relinkedOuter[use] = { type: name, inputs: border.given };
  const [inside, outside] = layouts(document, new Set([...chosen, ...names]), use);
  if (Object.keys(border.seeds).length > 0) outside[use] = { ...(outside[use] as JsonObject), seeds: border.seeds };
  const subgraph: WorkflowDocument = {
    ...emptyDocument(),
    parameters: border.parameters,
    inputs: border.inputs,
    outputs: border.outputs,
    nodes: border.withParameters(nodes),
    layout: inside,
  };
  const made = {
    ...document,
    nodes: relinkedOuter,
    parameters,
    ...(outputs ? { outputs } : {}),
    subgraphs: { ...document.subgraphs, [name]: writeSubgraph(withPlacesInside(subgraph)) },
    layout: outside,
  };
  return [made, use];
}

/** What goes over the border of a subgraph that is being made. */
class Border {
  readonly inputs: Record<string, DocumentInput> = {};
  readonly outputs: Record<string, string> = {};
  readonly parameters: Record<string, string> = {};
  /** What the seeds among the parameters do from run to run. */
  readonly seeds: Record<string, string> = {};
  /** What the node that uses it gives for its inputs. */
  readonly given: JsonObject = {};
  private readonly bySource = new Map<string, string>();
  private readonly byPlace = new Map<string, string>();
  private readonly at;

  constructor(
    private readonly document: WorkflowDocument,
    private readonly chosen: ReadonlySet<string>,
    private readonly types: Types,
  ) {
    this.at = outputsIn(document, types);
  }

  /** A node as it is inside: what it reads from outside comes from the inputs. */
  inner(name: string): DocumentNode {
    const node = this.document.nodes[name] as DocumentNode;
    const inputs = mapValues(node.inputs, (value, key) => {
      const link = linkOf(value);
      return link === null || this.chosen.has(link.node) ? value : { from: `inputs.${this.incoming(value as { from: string }, name, key)}` };
    });
    return { ...node, inputs };
  }

  /** The input for what comes from outside; what several nodes read is one. */
  private incoming(value: { from: string }, name: string, key: string): string {
    const place = `${name}.${key}`;
    // What is a parameter is an input of its own, so that setting it changes nothing else.
    const alone = Object.values(this.document.parameters).includes(place);
    const known = alone ? undefined : this.bySource.get(value.from);
    if (known !== undefined) return known;
    const [node, output] = halves(value.from);
    const wanted = this.schemaAt(name, key);
    const given = this.at(node, output);
    const isOpen = !wanted || wanted.types.some((type) => type.includes("~") || type === "Any");
    const stem = key.includes(".") || wanted?.many === "list" ? output : key;
    const input = freePort(this.inputs, node === "inputs" ? output : readersAgree(this.document, this.chosen, value.from) ? stem : output);
    this.inputs[input] = { type: (isOpen ? given?.type : wanted.type) ?? "Any" };
    this.given[input] = value;
    if (alone) this.byPlace.set(place, input);
    else this.bySource.set(value.from, input);
    return input;
  }

  /** The output for what is read outside. */
  output(source: string): string {
    const known = Object.keys(this.outputs).find((name) => this.outputs[name] === source);
    if (known !== undefined) return known;
    const [node, output] = halves(source);
    const named = output in this.outputs || output === "value" ? (output === "value" ? node : `${node}_${output}`) : output;
    const name = freePort(this.outputs, named);
    this.outputs[name] = source;
    return name;
  }

  /** What sets an input inside that is a parameter of the workflow: an input, or, where it reads a node inside, a parameter. */
  parameter(node: string, key: string): string {
    const place = `${node}.${key}`;
    const known = this.byPlace.get(place);
    if (known !== undefined) return known;
    const value = this.document.nodes[node]?.inputs[key];
    const schema = this.schemaAt(node, key);
    const name = freePort({ ...this.inputs, ...this.parameters }, key);
    this.byPlace.set(place, name);
    if (linkOf(value) !== null) {
      this.parameters[name] = place;
      return name;
    }
    const type = schema?.type ?? "Any";
    const literal = value !== undefined ? value : schema && !schema.required ? asTaken(schema.default, schema.literal) : undefined;
    this.inputs[name] = literal === undefined ? { type } : { type, default: literal };
    if (value !== undefined) this.given[name] = value;
    const habit = seedHabit(this.document, node, key);
    if (habit !== "fixed") this.seeds[name] = habit;
    return name;
  }

  /** The nodes inside, with what is a parameter read from the inputs. */
  withParameters(nodes: Readonly<Record<string, DocumentNode>>): Record<string, DocumentNode> {
    const found = { ...nodes };
    for (const [place, name] of this.byPlace) {
      if (name in this.parameters) continue;
      const [node, key] = halves(place);
      const before = found[node] as DocumentNode;
      found[node] = { ...before, inputs: { ...before.inputs, [key]: { from: `inputs.${name}` } as Json } };
    }
    return found;
  }

  private schemaAt(node: string, key: string) {
    const schema = schemaOf(this.types, this.document.nodes[node]);
    return schema ? inputSchema(schema, key) : null;
  }
}

/** Whether all that reads this calls it the same. */
function readersAgree(document: WorkflowDocument, chosen: ReadonlySet<string>, source: string): boolean {
  const keys = new Set<string>();
  for (const name of chosen) {
    for (const [key, value] of Object.entries(document.nodes[name]?.inputs ?? {})) {
      if (linkOf(value) !== null && (value as { from: string }).from === source) keys.add(key);
    }
  }
  return keys.size === 1;
}

/** The places of what goes inside, and of what stays; the new node stands where the uppermost, leftmost stood. */
function layouts(document: WorkflowDocument, chosen: ReadonlySet<string>, use: string): [JsonObject, JsonObject] {
  const inside: JsonObject = {};
  const outside: JsonObject = {};
  for (const [key, value] of Object.entries(document.layout)) {
    (chosen.has(ownerOf(key)) ? inside : outside)[key] = value;
  }
  const { left, top } = bounds(document, Object.keys(document.nodes).filter((name) => chosen.has(name)));
  outside[use] = { x: left, y: top };
  return [inside, outside];
}

/** What a key of the layout is of: the way points of a link are of the node that reads. */
const ownerOf = (key: string): string => endOfRoute(key)?.node ?? key;

/** The upper left corner of nodes. */
export function bounds(document: WorkflowDocument, names: readonly string[]): { left: number; top: number } {
  const places = names.flatMap((name) => placeOf(document, name) ?? []).filter((place) => isObject(place as unknown));
  if (places.length === 0) return { left: 0, top: 0 };
  return {
    left: Math.min(...places.map(({ x }) => x)),
    top: Math.min(...places.map(({ y }) => y)),
  };
}
