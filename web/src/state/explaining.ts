import { create } from "zustand";
import { ApiError, Offline } from "../api/http";
import { explain } from "../api/running";
import { type Forecast, forecasts } from "../core/runs/explained";
import { written } from "../core/written";
import { isSound, useChecks } from "./checks";
import { useRuns } from "./runs";
import type { Tab } from "./tabs";

interface Forecasts {
  /** By path. */
  readonly nodes: Readonly<Record<string, Forecast>>;
  /** Whether the workflow is still as it was, and nothing ran since. */
  readonly fresh: boolean;
}

/** By tab: what would become of each node, as far as it is known. */
export const useForecasts = create<{ of: Readonly<Record<string, Forecasts>> }>(() => ({ of: {} }));

const PAUSE = 400;
/** Milliseconds until a worker that is starting is asked again. */
const STARTING = 4000;

let timer: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

/** Ask soon what would run, if nothing runs now, the server can be heard, and the page is looked at. */
export function explainSoon(tab: Tab, pause = PAUSE): void {
  clearTimeout(timer);
  asked++; // an answer under way is about something else
  timer = setTimeout(() => void ask(tab), pause);
}

/** What was said may be so no longer. */
export function doubtForecasts(tab: string): void {
  const known = useForecasts.getState().of[tab];
  if (known?.fresh) useForecasts.setState(({ of }) => ({ of: { ...of, [tab]: { ...known, fresh: false } } }));
}

async function ask(tab: Tab): Promise<void> {
  const { whole } = tab.editor.getState();
  const { queue, connected } = useRuns.getState();
  const isIdle = queue.running.length === 0 && queue.queued === 0;
  if (!connected || !isIdle || !isSound(useChecks.getState(), tab.id, whole) || window.document.hidden || Object.keys(whole.nodes).length === 0) return;
  const number = ++asked;
  try {
    const nodes = forecasts(await explain(written(whole)));
    if (number === asked) useForecasts.setState(({ of }) => ({ of: { ...of, [tab.id]: { nodes, fresh: true } } }));
  } catch (error) {
    if (number !== asked) return;
    if (error instanceof ApiError && error.status === 503) explainSoon(tab, STARTING);
    else if (!(error instanceof ApiError || error instanceof Offline)) throw error;
  }
}
