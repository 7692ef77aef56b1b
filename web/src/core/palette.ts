/** The colours that cards, groups and notes can have: a hue each; the theme says how light they are. */
export const COLOURS = {
  red: 2,
  amber: 38,
  green: 140,
  teal: 185,
  blue: 217,
  violet: 275,
  pink: 330,
} as const;

export type Colour = keyof typeof COLOURS;

/** The hue of a colour as the layout has it; null for none that the palette has. */
export function hueOf(colour: string | undefined): number | null {
  return colour !== undefined && colour in COLOURS ? COLOURS[colour as Colour] : null;
}
