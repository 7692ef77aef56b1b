/** The server's routes, each as a function; see its OpenAPI document for what they say. */
import { type Json, type JsonObject, rounded } from "../core/json";
import type { Problem } from "../core/problems";
import type { Catalogue, NodeSchema } from "../core/schema";
import { ask, askForDocument, query } from "./http";
import type * as Schema from "./schema";

export type WorkflowRecord = Schema.WorkflowRecord;
export type Upload = Schema.NewUpload;
export type QueueState = Schema.QueueState;
export type SystemInfo = Schema.SystemInfo;

/** Seeds are 64 bits wide: those that a number doesn't keep exactly are a bigint. */
export type Artifact = Omit<Schema.ArtifactRecord, "seed"> & { readonly seed: number | bigint | null };

export type Run = Omit<Schema.Run, "parameters" | "values" | "artifacts"> & {
  readonly parameters: JsonObject;
  readonly values: JsonObject;
  readonly artifacts: readonly Artifact[];
};

export type SavedWorkflow = Omit<Schema.SavedWorkflow, "document"> & { readonly document: Json };

/** `widgets`: what each plugin draws by itself. `refresh`: look anew for what drop-downs offer. */
export async function readCatalogue(refresh = false): Promise<{ catalogue: Catalogue; widgets: Map<string, readonly string[]>; problems: readonly string[] }> {
  const answer = rounded(await ask("GET", `/api/nodes${query({ refresh: refresh ? "true" : null })}`));
  const { nodes, plugins, problems } = answer as unknown as Schema.NodeCatalogue;
  return {
    catalogue: new Map(nodes.map((schema) => [schema.type, schema as NodeSchema])),
    widgets: new Map(plugins.map(({ name, widgets }) => [name, widgets])),
    problems,
  };
}

/** Have the server look for plugins that are new, changed or gone. */
export const rescanPlugins = (): Promise<Schema.PluginScan> => ask<Schema.PluginScan>("POST", "/api/plugins/rescan");

/** `savedAs`: the saved workflow that the document is, with changes or without. */
export function submit(document: Json, key: string, only: readonly string[] = [], savedAs: string | null = null): Promise<Run> {
  const body = { workflow: document, only: [...only], saved_as: savedAs };
  return ask<Run>("POST", "/api/runs", body, { "Idempotency-Key": key });
}

export async function validate(document: Json): Promise<readonly Problem[]> {
  const { problems } = await ask<Schema.ProblemList>("POST", "/api/validate", { workflow: document });
  return problems;
}

export const cancel = (run: string): Promise<Run> => ask<Run>("POST", `/api/runs/${run}/cancel`);
export const retry = (run: string): Promise<Run> => ask<Run>("POST", `/api/runs/${run}/retry`);
export const readRun = (run: string): Promise<Run> => ask<Run>("GET", `/api/runs/${run}`);
export const moveRun = (run: string, position: number): Promise<Run> => ask<Run>("PATCH", `/api/runs/${run}`, { position });

export async function documentOfRun(run: string): Promise<Json> {
  return (await askForDocument<{ document: Json }>("GET", `/api/runs/${run}/document`)).document;
}

export const pauseQueue = (): Promise<QueueState> => ask<QueueState>("POST", "/api/queue/pause");
export const resumeQueue = (): Promise<QueueState> => ask<QueueState>("POST", "/api/queue/resume");
export const readSystem = (): Promise<SystemInfo> => ask<SystemInfo>("GET", "/api/system");

export async function listWorkflows(): Promise<readonly WorkflowRecord[]> {
  return (await ask<Schema.WorkflowList>("GET", "/api/workflows")).workflows;
}

/** A workflow, the newest version if none is named. */
export function readWorkflow(name: string, version?: number): Promise<SavedWorkflow> {
  return askForDocument<SavedWorkflow>("GET", `${workflowAt(name)}${query({ version })}`);
}

/** `session`: of editing; what it saves by itself, `automatic`, takes the place of what it saved so before. */
export function saveWorkflow(name: string, document: Json, version: number, session?: string, automatic = false): Promise<SavedWorkflow> {
  const editing = session === undefined ? {} : { session, automatic };
  return ask<SavedWorkflow>("PUT", workflowAt(name), { document, version, ...editing });
}

export async function listVersions(name: string): Promise<readonly WorkflowRecord[]> {
  return (await ask<Schema.WorkflowList>("GET", `${workflowAt(name)}/versions`)).workflows;
}

export function renameWorkflow(name: string, newName: string, version: number): Promise<SavedWorkflow> {
  return ask<SavedWorkflow>("POST", `${workflowAt(name)}/rename`, { name: newName, version });
}

export function duplicateWorkflow(name: string, newName: string): Promise<SavedWorkflow> {
  return ask<SavedWorkflow>("POST", `${workflowAt(name)}/duplicate`, { name: newName });
}

export const deleteWorkflow = (name: string, version: number): Promise<Json> => ask("DELETE", `${workflowAt(name)}${query({ version })}`);

const workflowAt = (name: string): string => `/api/workflows/${encodeURIComponent(name)}`;

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
