/** Choosing one of many, and names that are missing. */
export const choice = {
  search: "Search",
  none: "Nothing is called that.",
  again: "Look again",
  missing: (name: string) => `'${name}' isn't there.`,
  missingIn: (name: string, uses: number) => `'${name}' isn't there${uses === 1 ? "" : `; ${uses} inputs name it`}.`,
  takeNear: (name: string) => `Take ${name}`,
  other: "Choose another…",
  otherFor: (name: string) => `Choose another for ${name}`,
  replace: (name: string) => `choose ${name}`,
  put: (hint: string) => `Or ${hint}.`,
  title: "Missing files",
  opened: (count: number) =>
    count === 1 ? "This workflow names a file that isn't here; 'Problems' shows what to do." : `This workflow names ${count} files that aren't here; 'Problems' shows what to do.`,
  bytes: (count: number) => (count < 1e6 ? `${Math.ceil(count / 1e3)} kB` : count < 1e9 ? `${Math.round(count / 1e6)} MB` : `${(count / 1e9).toFixed(1)} GB`),
} as const;
