import { create } from "zustand";
import { ApiError, Offline } from "../api/http";
import { validate } from "../api/server";
import type { WorkflowDocument } from "../core/document";
import type { Problem } from "../core/problems";
import { written } from "../core/written";

interface ChecksState {
  /** By tab: all that the engine finds wrong with the workflow as it is. */
  problems: Readonly<Record<string, readonly Problem[]>>;
  /** By tab: what that was found in. */
  checked: Readonly<Record<string, WorkflowDocument>>;
  set(tab: string, problems: readonly Problem[], checked?: WorkflowDocument): void;
}

export const useChecks = create<ChecksState>((set) => ({
  problems: {},
  checked: {},
  set: (tab, problems, checked) =>
    set((state) => ({
      problems: { ...state.problems, [tab]: problems },
      checked: checked ? { ...state.checked, [tab]: checked } : state.checked,
    })),
}));

/** Whether the engine found nothing wrong with a workflow, and that is still what it is. */
export function isSound({ problems, checked }: ChecksState, tab: string, { nodes, subgraphs }: WorkflowDocument): boolean {
  return checked[tab]?.nodes === nodes && checked[tab].subgraphs === subgraphs && problems[tab]?.length === 0;
}

/** What the server answers to a workflow that isn't sound. */
export const INVALID = 422;

const PAUSE = 400;
const timers = new Map<string, ReturnType<typeof setTimeout>>();
/** By tab: when what is known of it was asked. Answers may overtake each other; an older one is of a workflow that is no more. */
const told = new Map<string, number>();
let asked = 0;

/** Let the engine check a workflow soon, once it hasn't changed for a moment. */
export function checkSoon(tab: string, document: () => WorkflowDocument): void {
  clearTimeout(timers.get(tab));
  timers.set(
    tab,
    setTimeout(() => void check(tab, document()), PAUSE),
  );
}

async function check(tab: string, document: WorkflowDocument): Promise<void> {
  const number = ++asked;
  const problems = Object.keys(document.nodes).length === 0 ? [] : await found(document);
  if (problems === null || number < (told.get(tab) ?? 0)) return;
  told.set(tab, number);
  useChecks.getState().set(tab, problems, document);
}

/** Null where the server can't be reached. */
async function found(document: WorkflowDocument): Promise<readonly Problem[] | null> {
  try {
    return await validate(written(document));
  } catch (error) {
    if (error instanceof ApiError) return error.problems;
    if (error instanceof Offline) return null;
    throw error;
  }
}
