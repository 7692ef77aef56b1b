/** The list of saved workflows: what is looked for, and in which order. */
import type { WorkflowRecord } from "../api/schema";
import { distance } from "./distance";

export type Order = "time" | "name";

/** Those whose name, title or parameters hold every word that was typed, in order; the newest first for `time`. */
export function listed(records: readonly WorkflowRecord[], typed: string, order: Order): WorkflowRecord[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = records.filter(({ name, title, parameters }) => {
    const content = [name, title, ...parameters].join(" ").toLowerCase();
    return wanted.every((word) => content.includes(word));
  });
  const byName = (a: WorkflowRecord, b: WorkflowRecord) => a.name.localeCompare(b.name, undefined, { numeric: true });
  return found.sort(order === "name" ? byName : (a, b) => (b.saved_at ?? "").localeCompare(a.saved_at ?? "") || byName(a, b));
}

/** Templates in the order in which they are told of, and those that aren't behind them, by name. */
export function inOrder(templates: readonly WorkflowRecord[], told: readonly string[]): WorkflowRecord[] {
  const place = ({ name }: WorkflowRecord) => (told.includes(name) ? told.indexOf(name) : told.length);
  return [...templates].sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}

/** The names nearest to one that there isn't, the nearest first; none that is far. */
export function nearest(name: string, names: readonly string[], most = 3): string[] {
  const wanted = name.toLowerCase();
  const far = Math.max(2, Math.floor(wanted.length / 2));
  return names
    .map((each) => ({ each, distance: each.toLowerCase().includes(wanted) ? 0 : distance(wanted, each.toLowerCase()) }))
    .filter(({ distance: found }) => found <= far)
    .sort((a, b) => a.distance - b.distance || a.each.localeCompare(b.each))
    .slice(0, most)
    .map(({ each }) => each);
}
