/** The size of a picture. */
export const size = {
  action: "set the size",
  ratio: (node: string) => `Ratio of ${node}`,
  other: "another ratio",
  option: (ratio: string, width: number, height: number) => `${ratio} · ${width} × ${height}`,
  swap: (node: string) => `Swap width and height of ${node}`,
} as const;
