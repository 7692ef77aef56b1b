/* Where the editor itself fails. */

export const mishap = {
  title: "The editor can't show this.",
  told: (reason: string) => `That is a defect of the editor, not of what you did (${reason}). Your workflows are kept:`,
  download: (name: string) => `Download '${name}'`,
  close: "Close the workflow in front, and go on",
  again: "Try again",
} as const;
