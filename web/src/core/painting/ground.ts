import { linkOf, type WorkflowDocument } from "../document";
import { type Catalogue, hintOf } from "../schema";

/** A picture that a node loads. */
export interface LoadedPicture {
  readonly node: string;
  readonly name: string;
}

/**
 * The picture that a mask belongs to: the nearest that is loaded for what reads the mask. Null where the
 * graph doesn't tell.
 */
export function pictureFor(document: WorkflowDocument, catalogue: Catalogue, maskNode: string): LoadedPicture | null {
  const seen = new Set([maskNode]);
  let readers = readersOf(document, maskNode);
  while (readers.length > 0) {
    const next: string[] = [];
    for (const reader of readers) {
      if (seen.has(reader)) continue;
      seen.add(reader);
      const found = pictureBefore(document, catalogue, reader, maskNode);
      if (found !== null) return found;
      next.push(...readersOf(document, reader));
    }
    readers = next;
  }
  return null;
}

function readersOf(document: WorkflowDocument, node: string): string[] {
  return Object.keys(document.nodes).filter((name) => sourcesOf(document, name).includes(node));
}

function sourcesOf(document: WorkflowDocument, node: string): string[] {
  const links = Object.values(document.nodes[node]?.inputs ?? {}).map((value) => linkOf(value)?.node);
  return links.filter((name) => name !== undefined);
}

/** The picture that is loaded nearest before a node, on a way that doesn't lead through `without`. */
function pictureBefore(document: WorkflowDocument, catalogue: Catalogue, node: string, without: string): LoadedPicture | null {
  const seen = new Set([without]);
  let waiting = [node];
  while (waiting.length > 0) {
    const next: string[] = [];
    for (const name of waiting) {
      if (seen.has(name)) continue;
      seen.add(name);
      const picture = pictureIn(document, catalogue, name);
      if (picture !== null) return { node: name, name: picture };
      next.push(...sourcesOf(document, name));
    }
    waiting = next;
  }
  return null;
}

/** The masks that belong to the picture that a node loads: nodes, each with the input that names its mask. */
export function masksFor(document: WorkflowDocument, catalogue: Catalogue, pictureNode: string): { node: string; input: string }[] {
  const found = [];
  for (const [node, { type }] of Object.entries(document.nodes)) {
    const input = catalogue.get(type)?.inputs.find(({ literal }) => hintOf(literal) === "mask");
    if (input && pictureFor(document, catalogue, node)?.node === pictureNode) found.push({ node, input: input.name });
  }
  return found;
}

function pictureIn(document: WorkflowDocument, catalogue: Catalogue, name: string): string | null {
  const node = document.nodes[name];
  const schema = catalogue.get(node?.type ?? "");
  for (const input of schema?.inputs ?? []) {
    const value = node?.inputs[input.name];
    if (hintOf(input.literal) === "picture" && typeof value === "string" && value !== "") return value;
  }
  return null;
}
