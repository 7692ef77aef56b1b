/* Looking for plugins while the server runs. */

export const plugins = {
  look: "Look for new plugins",
  looking: "Looking for plugins…",
  nothing: "No plugin is new, changed or gone.",
  added: (names: string) => `New: ${names}.`,
  changed: (names: string) => `Changed: ${names}.`,
  removed: (names: string) => `Gone: ${names}.`,
  failed: (count: number) => (count === 1 ? "This brings no nodes:" : `${count} things bring no nodes:`),
  again: "Look again",
} as const;
