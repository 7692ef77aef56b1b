/** The size of a picture. */
export const size = {
  action: "set the size",
  ratio: (node: string) => `Ratio of ${node}`,
  other: "another ratio",
  native: "At the model's size",
  own: "At this size",
  trained: (side: number) => `The model's own: ${side} × ${side}`,
  tooLarge: (side: number) => `The model was trained at ${side} × ${side}: in much larger pictures things are often there twice.`,
  tooSmall: (side: number) => `The model was trained at ${side} × ${side}: much smaller pictures often come out unclear.`,
  option: (ratio: string, width: number, height: number) => `${ratio} · ${width} × ${height}`,
  swap: (node: string) => `Swap width and height of ${node}`,
} as const;
