import "../styles/memory.css";
import * as Popover from "@radix-ui/react-popover";
import { useEffect, useState } from "react";
import { freeMemory, readMemory } from "../api/running";
import type { WorkerInfo } from "../api/schema";
import { bytes } from "../core/bytes";
import { report } from "../state/commands/report";
import { useRuns } from "../state/runs";
import { text } from "../text";

const words = text.running.memory;

/** What models take of the memory that they may have; what that is, and a way to let go of it. */
export function MemoryBar({ change }: { change: string }) {
  const [memory, setMemory] = useMemory(change);
  if (memory?.weights == null || !memory.weights_budget) return null;
  const { weights, weights_budget: budget, memory: resident, loaded, device } = memory;
  const told = text.status.memory(bytes(weights), bytes(budget));
  return (
    <Popover.Root onOpenChange={(open) => open && void readMemory().then(setMemory, report)}>
      <Popover.Trigger className="bare memory" title={[...loaded.map(({ title, size }) => `${title}: ${bytes(size)}`), words.hint].join("\n")}>
        <meter min={0} max={budget} value={weights} aria-hidden />
        {told}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="memory-panel" side="top" align="end" sideOffset={6} collisionPadding={8} aria-label={words.title}>
          <p>{`${told}${device === null ? "" : `, ${words.on(device)}`}`}</p>
          {resident === null ? null : <p>{words.process(bytes(resident))}</p>}
          {loaded.length === 0 ? <p className="hint">{words.none}</p> : null}
          <ul>
            {loaded.map(({ title, size, in_use: inUse }) => (
              <li key={title}>
                <span>{title}</span>
                <span>{`${bytes(size)}${inUse ? `, ${words.inUse}` : ""}`}</span>
              </li>
            ))}
          </ul>
          {kept(memory).map((line) => (
            <p key={line}>{line}</p>
          ))}
          <button type="button" onClick={() => void freeMemory().then(setMemory, report)}>
            {words.free}
          </button>
          <p className="hint">{words.freeHint}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** What results of nodes take, where any are kept. */
function kept({ results, results_budget: budget, disk_results: onDisk, disk_results_budget: diskBudget }: WorkerInfo): string[] {
  const lines: string[] = [];
  if (results !== null && budget) lines.push(words.results(bytes(results), bytes(budget)));
  if (onDisk !== null && diskBudget) lines.push(words.diskResults(bytes(onDisk), bytes(diskBudget)));
  return lines;
}

/** What the worker says of its memory, asked anew when a run changes its state. */
function useMemory(change: string): [WorkerInfo | null, (memory: WorkerInfo) => void] {
  const [memory, setMemory] = useState<WorkerInfo | null>(null);
  const connected = useRuns((state) => state.connected);
  useEffect(() => {
    if (connected) readMemory().then(setMemory, () => setMemory(null));
  }, [change, connected]);
  return [memory, setMemory];
}
