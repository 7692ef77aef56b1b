/** Running, what would run, results, the queue and memory. */
export const running = {
  skipped: "skipped",
  waitsIn: (position: number) => (position <= 1 ? "next in the queue" : `number ${position} in the queue`),
} as const;
