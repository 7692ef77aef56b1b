/* Versions of a workflow, and what differs between two. */

export const versions = {
  of: (name: string) => `Versions of '${name}'`,
  list: "Versions, the newest first",
  version: (number: number) => `Version ${number}`,
  current: "open here",
  automatic: "saved by itself",
  preview: "What would change",
  back: (number: number) => `To go back to version ${number} changes this:`,
  restore: "Restore as a new version",
  open: "Open in a tab of its own",
} as const;

export const compare = {
  same: "Nothing differs.",
  kinds: { added: "added", removed: "removed", changed: "changed" },
  workflow: "The workflow itself",
  moved: (count: number) => (count === 1 ? "1 node stands elsewhere, or looks otherwise." : `${count} nodes stand elsewhere, or look otherwise.`),
  type: "type",
  mode: "mode",
  before: "before:",
  after: "after:",
  unset: "not set",
  empty: "empty",
  link: (node: string, output: string) => `from ${node}, ${output}`,
  skipped: (count: number) => `  … ${count} lines that are the same …`,
  asJson: "Both as JSON, side by side",
  mine: "Mine",
  theirs: "Theirs",
  toTheirs: (version: number, when: string) => `To take theirs, version ${version}${when ? ` of ${when}` : ""}, changes this:`,
} as const;
