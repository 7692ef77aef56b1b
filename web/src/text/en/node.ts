/** What a card tells. */
export const node = {
  unknown: (type: string) => `There is no node type '${type}' here. Install the plugin that has it; it is kept as it is.`,
  deprecated: "deprecated",
  more: (count: number) => `${count} more`,
  fewer: "fewer",
  muted: "muted",
  bypassed: "bypassed",
  cached: "cached",
  running: "running",
  waiting: "waiting",
  failed: "failed",
  seconds: (seconds: number) => (seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`),
  inputOf: (input: string, node: string) => `${input} of ${node}`,
  result: (node: string) => `Result of ${node}`,
} as const;
