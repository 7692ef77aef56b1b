/* What is wrong with a text that is read: JSON, and workflows. */

export const reading = {
  fault: (expected: string, got: string, line: number, column: number) =>
    `This is no JSON: line ${line}, column ${column}: expected ${expected}, got ${got}.`,
  empty: "It is empty.",
  noText: "It is neither a workflow nor a picture: PNG, JPEG or WebP.",
  tooLong: (size: number, most: number) => `It has ${size} MB, and no workflow more than ${most}.`,
  ofComfy: "This is a workflow of ComfyUI; graphengine reads only its own.",
  nothingToPaste: "The clipboard holds neither nodes nor a workflow.",
  tooDeep: "This is nested too deeply to be a workflow.",
  tooLarge: (number: string) => `The number ${number} is too large to be kept.`,
  end: "the end",
  control: (code: number) =>
    code === 10 || code === 13 ? "the end of the line" : code === 9 ? "a tab; write it as \\t" : `the control character ${code}`,
  belongs: {
    value: "a value",
    valueOrEnd: "a value, or ']'",
    key: "a name in double quotes",
    keyOrEnd: "a name in double quotes, or '}'",
    colon: "':'",
    commaOrBrace: "',' or '}'",
    commaOrBracket: "',' or ']'",
    string: "the rest of a text and its closing quote",
    nothing: "nothing more",
  },
  noObject: "This is no workflow: expected a JSON object.",
  noFormat: (format: string, got: string | null) =>
    `This is no graphengine workflow: expected the format "${format}", got ${got === null ? "none" : `"${got}"`}.`,
  damaged: (field: string) => `This workflow is damaged: '${field}' must be an object.`,
  damagedNode: (name: string, subgraph: string | null) =>
    `This workflow is damaged: node '${name}'${subgraph === null ? "" : ` of subgraph '${subgraph}'`} needs a type, and inputs by name.`,
  damagedParameter: (name: string) =>
    `This workflow is damaged: parameter '${name}' must be the place of an input, such as "sample.steps".`,
  damagedSubgraph: (name: string) =>
    `This workflow is damaged: subgraph '${name}' must be an object, and so must its parts.`,
} as const;
