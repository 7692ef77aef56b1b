/* What stands around the workflow. */

export const toolbar = {
  run: "Run",
  runHint: "Run this workflow (Ctrl+Enter)",
  cancel: "Stop",
  add: "Add node",
  addHint: "Add a node (Tab, or a double click on the canvas)",
  undo: (action: string | null) => (action ? `Undo: ${action}` : "Nothing to undo"),
  redo: (action: string | null) => (action ? `Redo: ${action}` : "Nothing to redo"),
  tidy: "Tidy up",
  fit: "Zoom to fit",
  save: "Save",
  open: "Open",
  newTab: "New workflow",
  download: "Download JSON",
  form: "Form",
  menu: "Menu",
} as const;

export const connection = {
  lost: "The server can't be reached. What you do here is kept; trying again…",
  full: (reason: string) => `The server can't keep that: ${reason}. What you did is kept here; try again then.`,
  token: "This server asks for its token",
  tokenHint: "It was printed when the server started.",
  enter: "Enter",
  refused: "The server refused the token.",
} as const;

export const status = {
  nodes: (count: number) => (count === 1 ? "1 node" : `${count} nodes`),
  selected: (count: number) => `${count} selected`,
  problems: (count: number) => (count === 1 ? "1 problem" : `${count} problems`),
  sound: "ready to run",
  memory: (used: string, all: string) => `${used} of ${all} for models`,
} as const;

export const dialog = { close: "Close", cancel: "Cancel", ok: "OK" } as const;
