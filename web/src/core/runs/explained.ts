import type { Explanation } from "../../api/running";
import { ancestors } from "./view";

/** What would become of a node, were the workflow run now; `reason`: why, in the engine's words. */
export interface Forecast {
  readonly status: Explanation["status"];
  readonly reason: string | null;
  /** What it took when it last ran. */
  readonly seconds: number | null;
}

const WEIGHT: Readonly<Record<Explanation["status"], number>> = { "will run": 3, depends: 2, cached: 1, "not needed": 0 };

/** By path. A subgraph becomes what the foremost of the nodes in it becomes, and for its reason. */
export function forecasts(nodes: readonly Explanation[]): Record<string, Forecast> {
  const found: Record<string, Forecast> = {};
  for (const { node, status, reason, seconds } of nodes) {
    found[node] = { status, reason, seconds };
    for (const around of ancestors(node)) {
      const before = found[around];
      const inner = `${node.slice(around.length + 1)}: ${reason ?? status}`;
      const heavier = before === undefined || WEIGHT[status] > WEIGHT[before.status];
      found[around] = {
        ...(heavier ? { status, reason: inner } : before),
        seconds: before?.seconds == null && seconds === null ? null : (before?.seconds ?? 0) + (seconds ?? 0),
      };
    }
  }
  return found;
}
