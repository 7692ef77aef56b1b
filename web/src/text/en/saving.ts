/* Whether what is open is saved, here and on the server. */

export const saving = {
  saving: "saving…",
  saved: (time: string) => `saved ${time}`,
  savedBefore: "saved",
  byItself: "From then on, save by itself a moment after each change",
  nowhere: "kept in this browser alone",
  changed: "not saved",
  failed: (why: string) => `not saved: ${why}`,
  conflict: "not saved: somebody else saved another version",
  on: "Workflows with a name are saved by themselves from now on.",
  off: "Nothing is saved by itself any more; Ctrl+S saves.",
  compare: "Compare…",
  again: "Try again",
  offline: "the server can't be reached; trying again",
  full: "the server's disk is full; trying again. Make room there, or download the workflow",
  token: "the server asks for its token",
  gone: "it was deleted on the server; save it under a name",
} as const;

export const drafts = {
  noRoom: "This browser has no room for drafts: save on the server, or download what you want to keep.",
  title: "Left by closed windows",
  open: "Open",
  discard: "Discard",
  closed: (name: string) => `'${name}' is closed.`,
  reopen: "Open it again",
} as const;

export const tabs = {
  label: "Open workflows",
  hint: "Arrow keys go from tab to tab, with Shift they move it; F2 renames",
  rename: "Rename",
  renameHere: (name: string) => `New name of ${name}`,
  renamed: (name: string) => `It is called '${name}' now.`,
} as const;
