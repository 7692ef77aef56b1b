/** Between masks and what browsers draw. */
import { upload } from "../../api/server";
import { type Area, emptyMask, type Mask, wholeOf } from "../../core/painting/mask";
import { scaled } from "../../core/painting/session";
import { text } from "../../text";

/** The colour that the mask is laid over the picture with, and how strongly. */
const TINT = [255, 45, 85] as const;
const STRENGTH = 0.6;

/** A picture once it is loaded; throws an `Error` for people. */
export async function loaded(address: string): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = address;
  try {
    await picture.decode();
  } catch {
    throw new Error(text.drawing.painter.noPicture);
  }
  return picture;
}

/** The mask that an upload holds, at that size. */
export async function loadedMask(address: string, size: { width: number; height: number } | null): Promise<Mask> {
  const picture = await loaded(address);
  const [width, height] = [picture.naturalWidth, picture.naturalHeight];
  const context = contextOf(width, height);
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const mask = emptyMask(width, height);
  for (let at = 0; at < mask.data.length; at++) mask.data[at] = data[4 * at] as number;
  return size === null ? mask : scaled(mask, size.width, size.height);
}

/** Draw what changed of a mask: laid over the picture, or by itself. */
export function drawMask(context: CanvasRenderingContext2D, mask: Mask, area: Area, alone: boolean): void {
  const { left, top, right, bottom } = area;
  const width = right - left;
  const pixels = context.createImageData(width, bottom - top);
  const [red, green, blue] = alone ? [255, 255, 255] : TINT;
  const strength = alone ? 1 : STRENGTH;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const to = 4 * ((y - top) * width + x - left);
      pixels.data[to] = red;
      pixels.data[to + 1] = green;
      pixels.data[to + 2] = blue;
      pixels.data[to + 3] = strength * (mask.data[y * mask.width + x] as number);
    }
  }
  context.putImageData(pixels, left, top);
}

/**
 * Keep a mask on the server; answers with its name. It travels as the alpha of a white picture, which a canvas keeps
 * to the last bit; the server makes grey of it.
 */
export async function kept(mask: Mask): Promise<string> {
  const context = contextOf(mask.width, mask.height);
  drawMask(context, mask, wholeOf(mask), true);
  const blob = await new Promise<Blob | null>((resolve) => context.canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error(text.drawing.painter.tooLarge(mask.width, mask.height));
  return (await upload(blob, "mask")).name;
}

function contextOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error(text.drawing.painter.tooLarge(width, height));
  return context;
}
