import { ask, query } from "./http";
import type * as Schema from "./schema";

export type ModelRecord = Schema.ModelRecord;
export type PromptTokens = Schema.PromptTokens;

export async function listModels(): Promise<readonly ModelRecord[]> {
  return (await ask<Schema.ModelList>("GET", "/api/models")).models;
}

export const previewOf = ({ kind, name }: ModelRecord, size: number): string => `/api/models/preview${query({ kind, name, size })}`;

/** How long a prompt is, as text encoders count, or why it can't be read. */
export const countTokens = (text: string, syntax: boolean): Promise<PromptTokens> =>
  ask<PromptTokens>("POST", "/api/prompts/tokens", { text, syntax });
