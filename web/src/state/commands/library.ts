/** What is done to saved workflows that needn't be open: another name, a copy, away with them. */
import * as server from "../../api/server";
import type { WorkflowRecord } from "../../api/server";
import { freeName } from "../../core/fileName";
import type { Json } from "../../core/json";
import { text } from "../../text";
import { usePage } from "../page";
import { useTabs } from "../tabs";
import { report } from "./report";

/** Give a saved workflow another name; tabs in which it is open follow. Returns whether that was done. */
export async function rename({ name, version }: WorkflowRecord, newName: string): Promise<boolean> {
  return tried(async () => {
    const renamed = await server.renameWorkflow(name, newName, version);
    follow(name, { name: newName, version: renamed.version });
  });
}

export async function duplicate({ name }: WorkflowRecord, taken: readonly string[]): Promise<boolean> {
  return tried(() => server.duplicateWorkflow(name, freeName(text.files.copyOf(name), taken)));
}

/** Delete it with all versions; its newest can be had back by the notice that says so. */
export async function remove({ name, version }: WorkflowRecord): Promise<boolean> {
  return tried(async () => {
    const { document } = await server.readWorkflow(name);
    await server.deleteWorkflow(name, version);
    follow(name, null);
    usePage.getState().notify(text.files.deleted(name), false, { label: text.files.getBack, act: () => void getBack(name, document) });
  });
}

async function getBack(name: string, document: Json): Promise<void> {
  await tried(() => server.saveWorkflow(name, document, 0));
}

function follow(name: string, savedAs: { name: string; version: number } | null): void {
  for (const { editor } of useTabs.getState().tabs) {
    if (editor.getState().savedAs?.name === name) editor.setState({ savedAs });
  }
}

async function tried(job: () => Promise<unknown>): Promise<boolean> {
  try {
    await job();
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}
