/** The size of a picture: two inputs of a node that belong together. */
import { type DocumentNode, linkOf, type WorkflowDocument } from "./document";
import { setInput } from "./edits";
import { clamped } from "./numbers";
import { alone, type LiteralSchema, type NodeSchema } from "./schema";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How wide to how high. */
export type Ratio = readonly [number, number];

export const RATIOS: readonly Ratio[] = [
  [1, 1], [5, 4], [4, 3], [3, 2], [16, 9], [21, 9],
  [4, 5], [3, 4], [2, 3], [9, 16], [9, 21],
];

/** What both sides take, if the node has a width and a height in whole numbers. */
export function sides(schema: NodeSchema | undefined): { readonly width: LiteralSchema; readonly height: LiteralSchema } | null {
  const [width, height] = ["width", "height"].map((name) => {
    const literal = schema?.inputs.find((input) => input.name === name && input.many === "")?.literal;
    return literal ? alone(literal) : null;
  });
  return width?.type === "integer" && height?.type === "integer" ? { width, height } : null;
}

/** The size that a node has; null where a link brings a side, or none is known. */
export function sizeOf({ inputs }: DocumentNode, schema: NodeSchema): Size | null {
  const [width, height] = ["width", "height"].map((name) => {
    const given = inputs[name];
    if (linkOf(given) !== null) return NaN;
    return Number(given === undefined ? schema.inputs.find((input) => input.name === name)?.default : given);
  }) as [number, number];
  return width > 0 && height > 0 ? { width, height } : null;
}

/** A size of this ratio with as near the same area as what the sides take allows. */
export function reshaped({ width, height }: Size, [across, down]: Ratio, takes: { width: LiteralSchema; height: LiteralSchema }): Size {
  const unit = Math.sqrt((width * height) / (across * down));
  return { width: clamped(unit * across, takes.width), height: clamped(unit * down, takes.height) };
}

/** Whether a picture has many more pixels than what a model was trained on, or far fewer. */
export function farFrom(side: number, { width, height }: Size): "larger" | "smaller" | null {
  const times = (width * height) / side ** 2;
  return times > 2.3 ? "larger" : times < 1 / 2.3 ? "smaller" : null;
}

export const swapped = ({ width, height }: Size): Size => ({ width: height, height: width });

/** The ratio among those offered that a size has, as near as its sides can come to it; null for another. */
export function ratioOf(size: Size, takes: { width: LiteralSchema; height: LiteralSchema }): Ratio | null {
  const same = RATIOS.find((ratio) => {
    const wanted = reshaped(size, ratio, takes);
    return wanted.width === size.width && wanted.height === size.height;
  });
  return same ?? null;
}

/** Both sides at once. */
export function setSize(document: WorkflowDocument, node: string, { width, height }: Size): WorkflowDocument {
  return setInput(setInput(document, node, "width", width), node, "height", height);
}
