/** What is wrong with a prompt, and how long it is. */
export const prompt = {
  unclosed: (sign: string, closing: string) => `Expected '${closing}' somewhere after this '${sign}'. Write \\${sign} for a bracket that is text.`,
  unopened: (opening: string, sign: string) => `Expected '${opening}' before this '${sign}'. Write \\${sign} for a bracket that is text.`,
  otherClosing: (expected: string, got: string) => `Expected '${expected}', got '${got}': the bracket that is open is another.`,
  noStep: "Expected ':' and the step at which to switch, such as :0.4 or :10. Write \\: for a colon that is text.",
  badStep: "Expected a share of the steps between 0 and 1, or a whole number of steps.",
  noWeight: "Expected a weight such as :1.3, and ')'. Write \\: for a colon that is text.",
  mixed: (first: string, got: string) => `Expected '${first}' or ']', got '${got}'. Write \\${got} for what is text.`,
  badStrength: "Expected a strength of 0 or more. Use a negative prompt instead.",
  andInside: "Expected AND outside of all brackets: it combines whole prompts. In lower case it is a word.",
  place: (line: number, column: number) => `Line ${line}, column ${column}: `,
  refused: (expected: string, got: string) => `Expected ${expected}, got ${got}.`,
  count: (used: number, room: number) => `${used} / ${room}`,
  chunks: (count: number) => (count === 1 ? "1 chunk" : `${count} chunks`),
  counted: (used: number, room: number, chunks: string) => `${used} of ${room} tokens, in ${chunks}`,
  wordings: (count: number) => `; the longest of ${count} texts that it is in the course of a run`,
} as const;
