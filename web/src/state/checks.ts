import { create } from "zustand";
import { ApiError, Offline } from "../api/http";
import { validate } from "../api/server";
import type { WorkflowDocument } from "../core/document";
import type { Problem } from "../core/problems";
import { written } from "../core/written";

interface ChecksState {
  /** By tab: all that the engine finds wrong with the workflow as it is. */
  problems: Readonly<Record<string, readonly Problem[]>>;
  set(tab: string, problems: readonly Problem[]): void;
}

export const useChecks = create<ChecksState>((set) => ({
  problems: {},
  set: (tab, problems) => set((state) => ({ problems: { ...state.problems, [tab]: problems } })),
}));

const PAUSE = 400;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Let the engine check a workflow soon, once it hasn't changed for a moment. */
export function checkSoon(tab: string, document: () => WorkflowDocument): void {
  clearTimeout(timers.get(tab));
  timers.set(
    tab,
    setTimeout(() => void check(tab, document()), PAUSE),
  );
}

async function check(tab: string, document: WorkflowDocument): Promise<void> {
  if (Object.keys(document.nodes).length === 0) {
    useChecks.getState().set(tab, []);
    return;
  }
  try {
    useChecks.getState().set(tab, await validate(written(document)));
  } catch (error) {
    if (error instanceof ApiError) useChecks.getState().set(tab, error.problems);
    else if (!(error instanceof Offline)) throw error;
  }
}
