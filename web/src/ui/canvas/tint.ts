import type { CSSProperties } from "react";
import { hueOf } from "../../core/palette";

/** The attributes that give an element its colour of the palette; none if it has none. */
export function tint(colour: string | undefined): { style?: CSSProperties; "data-tint"?: string } {
  const hue = hueOf(colour);
  return hue === null ? {} : { style: { ["--hue" as string]: hue }, "data-tint": colour as string };
}
