/* Finding, adding and linking nodes. */

export const palette = {
  title: "Add a node",
  search: "Search nodes",
  fitting: (port: string) => `Nodes that fit ${port}`,
  none: "No node is called that, does that, or has such a port.",
} as const;

export const link = {
  self: "A node can't read its own output.",
  circle: "That would close a circle: the node would wait for itself.",
  type: (expected: string, got: string) => `Expected ${expected}, got ${got}.`,
  taken: "Drop it on an input.",
} as const;

export const find = { title: "Find in graph", search: "Name, type or value", none: "Nothing found." } as const;

export const linking = { title: "Link from", to: "to", none: "Nothing fits." } as const;
