/** The fields of inputs. */
export const widget = {
  seedRandom: "A random seed for each run",
  seedFixed: "This seed for each run",
  seedNext: "The next seed for each run",
  choose: "Choose…",
  noChoices: "none found",
  missing: (name: string) => `${name} (not found)`,
  upload: "Choose a picture…",
  uploadDrop: "or drop one here",
  unset: "not set",
  linked: "linked",
  tooLow: (least: number | bigint) => `at least ${least}`,
  tooHigh: (most: number | bigint) => `at most ${most}`,
  multiple: (of: number) => `a multiple of ${of}`,
  notNumber: "not a number",
  notInteger: "not a whole number",
  json: "JSON",
} as const;
