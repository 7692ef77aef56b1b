/** Levels over steps, as a line in a drawing. */
import { axisFor } from "./sigmas";

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Around the line. */
  readonly margin: number;
}

export interface Plot {
  /** Where a step is, from the left, and a level, from the top. */
  across(step: number): number;
  up(level: number): number;
  /** As the `d` of an SVG path. */
  readonly path: string;
}

export function plotOf(levels: readonly number[], axis: ReturnType<typeof axisFor>, { width, height, margin }: Frame): Plot {
  const across = (step: number) => margin + ((width - 2 * margin) * step) / Math.max(1, levels.length - 1);
  const up = (level: number) => height - margin - (height - 2 * margin) * Math.min(1.05, Math.max(-0.05, axis.share(level)));
  const path = levels.map((level, step) => `${step === 0 ? "M" : "L"}${across(step).toFixed(1)} ${up(level).toFixed(1)}`).join("");
  return { across, up, path };
}
