/** Runs and what they leave, the queue, and what the worker holds. */
import type { Json } from "../core/json";
import type { ServerEvent } from "../core/runs/told";
import { ask, query } from "./http";
import type * as Schema from "./schema";
import type { Artifact, Run } from "./server";

/** What would become of a node, were the workflow run now. */
export interface Explanation {
  readonly node: string;
  readonly status: "cached" | "not needed" | "will run" | "depends";
  readonly where: string | null;
  readonly reason: string | null;
  readonly seconds: number | null;
}

export interface WaitingRuns {
  readonly state: Schema.QueueState;
  readonly waiting: readonly Run[];
}

export const readQueue = (): Promise<WaitingRuns> => ask<WaitingRuns>("GET", "/api/queue");

/** A page of runs, the newest first; `next` continues it. */
export const pageOfRuns = (before: number | null = null, limit = 50): Promise<{ runs: readonly Run[]; next: number | null }> =>
  ask("GET", `/api/runs${query({ before, limit })}`);

/** The runs in a state, as many as one page has. */
export async function activeRuns(state: Run["state"]): Promise<readonly Run[]> {
  return (await ask<{ runs: readonly Run[] }>("GET", `/api/runs${query({ state, limit: 500 })}`)).runs;
}

export const deleteRun = (run: string): Promise<Json> => ask("DELETE", `/api/runs/${run}`);

/** Delete a picture, also while the page is being left. */
export const deletePicture = (picture: number): Promise<Json> => ask("DELETE", `/api/artifacts/${picture}`, undefined, {}, true);

/** The stored events of a run after a number, at most `limit` of them. */
export async function eventsOfRun(run: string, since: number, limit: number): Promise<readonly ServerEvent[]> {
  const page = await ask<{ events: readonly ServerEvent[] }>("GET", `/api/runs/${run}/events${query({ since, limit })}`);
  return page.events;
}

export async function explain(document: Json): Promise<readonly Explanation[]> {
  const { nodes } = await ask<{ nodes: readonly Explanation[] }>("POST", "/api/explain", { workflow: document });
  return nodes;
}

export interface PictureSearch {
  readonly text?: string;
  readonly workflow?: string;
  readonly since?: string;
}

/** A page of pictures, the newest first. */
export const searchPictures = (
  { text, workflow, since }: PictureSearch,
  before: number | null,
  limit: number,
): Promise<{ artifacts: readonly Artifact[]; next: number | null }> =>
  ask("GET", `/api/artifacts${query({ text: text || null, workflow: workflow || null, since: since || null, before, limit })}`);

export const archiveOf = (run: string): string => `/api/runs/${run}/archive`;

export const readMemory = (): Promise<Schema.WorkerInfo> => ask<Schema.WorkerInfo>("GET", "/api/memory");
export const freeMemory = (): Promise<Schema.WorkerInfo> => ask<Schema.WorkerInfo>("POST", "/api/memory/free");
