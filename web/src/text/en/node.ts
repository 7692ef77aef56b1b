/** What a card tells. */
export const node = {
  unknown: (type: string) =>
    `There is no node type '${type}' here. It is kept as it is. To get it, put the plugin that has it into the server's plugins folder, or install it with pip, and let the server look again.`,
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
  valueOf: (output: string, node: string) => `${output} of ${node}`,
  valueHint: "Show all of it",
  valueCut: (length: number) => `That is the beginning; it has ${length.toLocaleString("en")} characters or items in all.`,
  copyValue: "Copy",
  curve: (title: string, steps: number) => `${title}, a curve of ${steps} steps`,
  steps: (steps: number) => (steps === 1 ? "one step" : `${steps} steps`),
  result: (node: string) => `Result of ${node}`,
} as const;
