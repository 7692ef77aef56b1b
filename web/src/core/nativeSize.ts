/** The size of pictures that the model does best which a node's latent comes to. */
import { type DocumentNode, linkOf } from "./document";
import { type Catalogue, inputSchema } from "./schema";

type Nodes = Readonly<Record<string, DocumentNode>>;

/**
 * Pixels of a side of the model's squares; null where no model is linked, or it isn't known. `nodes`: of all graphs, each by
 * the way to it. `sides`: by name of a model file. `from`: a node, or one that uses a subgraph.
 */
export function nativeSide(nodes: Nodes, catalogue: Catalogue, sides: ReadonlyMap<string, number>, from: string): number | null {
  const readers = readersOf(nodes);
  const begins = Object.keys(nodes).filter((name) => name === from || name.startsWith(`${from}/`));
  for (const reader of reached(begins, (name) => readers.get(name) ?? [])) {
    for (const name of reached([reader], (each) => sourcesOf(nodes[each], catalogue))) {
      const node = nodes[name];
      const schema = catalogue.get(node?.type ?? "");
      for (const [input, value] of Object.entries(node?.inputs ?? {})) {
        const side = schema && inputSchema(schema, input)?.choices && typeof value === "string" ? sides.get(value) : undefined;
        if (side !== undefined) return side;
      }
    }
  }
  return null;
}

/** What can be reached from these, the nearest first. */
function* reached(from: readonly string[], next: (name: string) => readonly string[]): Generator<string> {
  const known = new Set(from);
  for (const name of known) {
    yield name;
    for (const each of next(name)) known.add(each); // a set that grows is gone through to its end
  }
}

/** The nodes that a node reads, in the order in which its type has the inputs. */
function sourcesOf(node: DocumentNode | undefined, catalogue: Catalogue): string[] {
  const order = catalogue.get(node?.type ?? "")?.inputs.map(({ name }) => name) ?? [];
  const inputs = Object.entries(node?.inputs ?? {}).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return inputs.flatMap(([, value]) => linkOf(value)?.node ?? []);
}

function readersOf(nodes: Nodes): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>();
  for (const [reader, { inputs }] of Object.entries(nodes)) {
    for (const value of Object.values(inputs)) {
      const source = linkOf(value)?.node;
      if (source !== undefined) readers.set(source, [...(readers.get(source) ?? []), reader]);
    }
  }
  return readers;
}
