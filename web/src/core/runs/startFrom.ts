import { linkOf, type WorkflowDocument } from "../document";
import { setInput } from "../edits";
import type { Json } from "../json";

/** What is taken over from the workflow that made the picture, by the names of parameters. */
const CARRIED = ["prompt", "negative"];
const CHECKPOINT = "load_checkpoint";

/**
 * A workflow that begins with a picture, given one: its first node that loads pictures loads this. Its prompts and its
 * checkpoint become those of the workflow that made the picture, where that has them written in it.
 */
export function startFrom(template: WorkflowDocument, picture: string, made: WorkflowDocument | null): WorkflowDocument {
  const loader = nodeOf(template, "load_image");
  let started = loader === null ? template : setInput(template, loader, "image", picture);
  if (made === null) return started;
  for (const name of CARRIED) {
    const value = valueAt(made, made.parameters[name]);
    const place = template.parameters[name];
    if (typeof value === "string" && place !== undefined) started = setInput(started, ...partsOf(place), value);
  }
  const [from, to] = [nodeOf(made, CHECKPOINT), nodeOf(template, CHECKPOINT)];
  const checkpoint = from === null ? undefined : made.nodes[from]?.inputs["name"];
  return typeof checkpoint === "string" && to !== null ? setInput(started, to, "name", checkpoint) : started;
}

/** The first node of a type. */
export function nodeOf(document: WorkflowDocument, type: string): string | null {
  return Object.keys(document.nodes).find((name) => document.nodes[name]?.type === type) ?? null;
}

function valueAt(document: WorkflowDocument, place: string | undefined): Json | undefined {
  if (place === undefined) return undefined;
  const [node, input] = partsOf(place);
  const value = document.nodes[node]?.inputs[input];
  return linkOf(value) === null ? value : undefined;
}

function partsOf(place: string): [string, string] {
  const dot = place.indexOf(".");
  return [place.slice(0, dot), place.slice(dot + 1)];
}
