/* Opening, saving, and the form of parameters. */

export const files = {
  open: "Open a workflow",
  templates: "Templates",
  saved: "Saved workflows",
  file: "A file of this computer…",
  drop: "Drop a workflow to open it, or pictures to load them (Alt: also those that carry a workflow)",
  noWorkflow: (name: string) => `'${name}' carries no workflow.`,
  notRead: (name: string, reason: string) => `'${name}' can't be opened. ${reason}`,
  saveAs: "Name",
  saved_: (name: string, version: number) => `Saved '${name}', version ${version}`,
  unsaved: "not saved",
  conflict: (name: string) => `'${name}' was saved by somebody else meanwhile.`,
  both: "Keep both: save mine as a copy",
  copyOf: (name: string) => `${name} copy`,
  mine: "Keep mine",
  theirs: "Take theirs",
  none: "None yet",
} as const;

export const form = {
  title: "Parameters",
  none: "This workflow has no parameters yet. Make an input one with the pin beside it.",
  pin: (input: string) => `Make ${input} a parameter`,
  unpin: (input: string) => `${input} is a parameter; make it none`,
} as const;
