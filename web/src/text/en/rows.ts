/** Lists and named values. */
export const rows = {
  add: "Add a row",
  addTo: (label: string) => `Add a row to ${label}`,
  how: "Lists can be pasted into a row, by lines or commas. Alt with the arrows up and down moves a row, Shift with Enter adds one.",
  unset: "not set",
  empty: "empty",
  item: (number: number, label: string) => `${number} in ${label}`,
  up: (number: number, label: string) => `Move ${number} in ${label} up`,
  down: (number: number, label: string) => `Move ${number} in ${label} down`,
  remove: (number: number, label: string) => `Remove ${number} from ${label}`,
  removeName: (name: string, label: string) => `Remove ${name} from ${label}`,
  nameOf: (name: string, label: string) => `Name ${name} in ${label}`,
  valueOf: (name: string, label: string) => `Value of ${name} in ${label}`,
  taken: (name: string) => `Expected a name of its own; another row is called '${name}'.`,
} as const;
