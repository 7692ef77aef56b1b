/** What tells a run from the one before it. */
import type { Run } from "../../api/server";
import { type Json, writeJson } from "../json";

/** By run: the values that the run of the same name before it didn't have; of those without one before, their seeds. */
export function differingValues(runs: readonly Run[]): ReadonlyMap<string, readonly (readonly [string, Json])[]> {
  const found = new Map<string, readonly (readonly [string, Json])[]>();
  const before = new Map<string, Run>();
  for (const run of [...runs].sort((a, b) => a.sequence - b.sequence)) {
    const values = Object.entries(run.values as Readonly<Record<string, Json>>);
    const earlier = before.get(run.name)?.values as Readonly<Record<string, Json>> | undefined;
    found.set(
      run.id,
      values.filter(([name, value]) => (earlier ? !(name in earlier) || writeJson(earlier[name] as Json) !== writeJson(value) : name === "seed")),
    );
    before.set(run.name, run);
  }
  return found;
}
