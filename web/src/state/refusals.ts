import { create } from "zustand";
import type { Problem } from "../core/problems";

interface RefusalsState {
  /** By tab: what stands in its fields and can't be taken. */
  refused: Readonly<Record<string, readonly Problem[]>>;
}

export const useRefusals = create<RefusalsState>(() => ({ refused: {} }));

/**
 * Something was typed that a field can't take. The workflow still has the value of before, which isn't what people
 * see: nothing runs until that is mended. Returns what ends that.
 */
export function refuse(tab: string, problem: Problem): () => void {
  const change = (to: (before: readonly Problem[]) => readonly Problem[]) =>
    useRefusals.setState(({ refused }) => ({ refused: { ...refused, [tab]: to(refused[tab] ?? []) } }));
  change((before) => [...before, problem]);
  return () => change((before) => before.filter((each) => each !== problem));
}
