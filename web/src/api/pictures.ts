/** The pictures that workflows can start from: uploads, results, and the examples that come along. */
import { ask, query } from "./http";
import type * as Schema from "./schema";
import type { Artifact } from "./server";

export async function listUploads(): Promise<readonly Schema.Upload[]> {
  return (await ask<Schema.UploadList>("GET", "/api/uploads")).uploads;
}

export async function listExamples(): Promise<readonly string[]> {
  return (await ask<Schema.ExampleList>("GET", "/api/examples")).examples;
}

/** A page of the pictures that runs made, the newest first. */
export const listArtifacts = (before: number | null, limit = 40): Promise<{ artifacts: readonly Artifact[]; next: number | null }> =>
  ask("GET", `/api/artifacts${query({ before, limit })}`);

export const uploadAddress = (name: string): string => `/api/uploads/${encodeURIComponent(name)}`;
export const uploadThumbnail = (name: string): string => `${uploadAddress(name)}/thumbnail`;
export const exampleAddress = (name: string): string => `/api/examples/${encodeURIComponent(name)}`;
