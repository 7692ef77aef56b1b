/** The server's routes, each as a function; see its OpenAPI document for what they say. */
import { type Json, type JsonObject, rounded } from "../core/json";
import type { Problem } from "../core/problems";
import type { Catalogue, NodeSchema } from "../core/schema";
import { ask, askForDocument, query } from "./http";

export type RunState = "queued" | "running" | "succeeded" | "failed" | "cancelled" | "interrupted";

export interface Artifact {
  readonly id: number;
  readonly run: string;
  readonly node: string;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly seed: number | bigint | null;
  readonly created_at: string;
}

export interface Run {
  readonly id: string;
  readonly sequence: number;
  readonly state: RunState;
  readonly name: string;
  readonly transitions: readonly { readonly state: RunState; readonly at: string }[];
  readonly values: JsonObject;
  readonly priority: number;
  readonly cancel_requested: boolean;
  readonly executed: number | null;
  readonly cached: number | null;
  readonly seconds: number | null;
  readonly error: Problem | null;
  readonly artifacts: readonly Artifact[];
}

export interface WorkflowRecord {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly saved_at: string | null;
  readonly parameters: readonly string[];
}

export interface SavedWorkflow extends WorkflowRecord {
  readonly document: Json;
}

export interface Upload {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export interface QueueState {
  readonly paused: boolean;
  readonly queued: number;
  readonly running: readonly string[];
}

export interface SystemInfo {
  readonly version: string;
  readonly worker: {
    readonly state: string;
    readonly memory: number | null;
    readonly device: string | null;
    readonly weights: number | null;
    readonly weights_budget: number | null;
  };
}

/** `widgets`: what each plugin draws by itself. */
export async function readCatalogue(): Promise<{ catalogue: Catalogue; widgets: Map<string, string[]>; problems: string[] }> {
  const answer = rounded(await ask("GET", "/api/nodes"));
  const { nodes, plugins, problems } = answer as unknown as {
    nodes: NodeSchema[];
    plugins: { name: string; widgets: string[] }[];
    problems: string[];
  };
  return {
    catalogue: new Map(nodes.map((schema) => [schema.type, schema])),
    widgets: new Map(plugins.map(({ name, widgets }) => [name, widgets])),
    problems,
  };
}

export function submit(document: Json, key: string, only: readonly string[] = []): Promise<Run> {
  const body = { workflow: document, only: [...only] };
  return ask<Run>("POST", "/api/runs", body, { "Idempotency-Key": key });
}

export async function validate(document: Json): Promise<readonly Problem[]> {
  const { problems } = await ask<{ problems: Problem[] }>("POST", "/api/validate", { workflow: document });
  return problems;
}

export const cancel = (run: string): Promise<Run> => ask<Run>("POST", `/api/runs/${run}/cancel`);
export const retry = (run: string): Promise<Run> => ask<Run>("POST", `/api/runs/${run}/retry`);
export const readRun = (run: string): Promise<Run> => ask<Run>("GET", `/api/runs/${run}`);
export const moveRun = (run: string, position: number): Promise<Run> => ask<Run>("PATCH", `/api/runs/${run}`, { position });

export async function listRuns(limit = 50): Promise<readonly Run[]> {
  return (await ask<{ runs: Run[] }>("GET", `/api/runs${query({ limit })}`)).runs;
}

export async function documentOfRun(run: string): Promise<Json> {
  return (await askForDocument<{ document: Json }>("GET", `/api/runs/${run}/document`)).document;
}

export const readQueue = (): Promise<QueueState> => ask<QueueState>("GET", "/api/queue");
export const pauseQueue = (): Promise<QueueState> => ask<QueueState>("POST", "/api/queue/pause");
export const resumeQueue = (): Promise<QueueState> => ask<QueueState>("POST", "/api/queue/resume");
export const readSystem = (): Promise<SystemInfo> => ask<SystemInfo>("GET", "/api/system");

export async function listWorkflows(): Promise<readonly WorkflowRecord[]> {
  return (await ask<{ workflows: WorkflowRecord[] }>("GET", "/api/workflows")).workflows;
}

export function readWorkflow(name: string): Promise<SavedWorkflow> {
  return askForDocument<SavedWorkflow>("GET", `/api/workflows/${encodeURIComponent(name)}`);
}

export function saveWorkflow(name: string, document: Json, version: number): Promise<SavedWorkflow> {
  return ask<SavedWorkflow>("PUT", `/api/workflows/${encodeURIComponent(name)}`, { document, version });
}

/** The workflow that a file holds: a document of any version, or a picture that carries one. */
export async function importFile(file: Blob): Promise<Json> {
  const typed = file.type === "image/png" ? file : new Blob([file], { type: "application/json" });
  return (await askForDocument<{ document: Json }>("POST", "/api/import", typed)).document;
}

export function upload(picture: Blob, kind: "image" | "mask" = "image"): Promise<Upload> {
  return ask<Upload>("POST", `/api/uploads${query({ kind })}`, picture);
}

export const openSession = (token: string): Promise<Json> => ask("POST", "/api/session", { token });

export const fileOf = (artifact: number): string => `/api/artifacts/${artifact}/file`;
export const thumbnailOf = (artifact: number): string => `/api/artifacts/${artifact}/thumbnail`;
