import { create } from "zustand";
import { listModels, type ModelRecord } from "../api/models";
import { useCatalogue } from "./catalogue";
import { report } from "./commands/report";

interface ModelsState {
  /** By name, which may be one of several kinds. */
  models: ReadonlyMap<string, ModelRecord>;
  load(): Promise<void>;
}

/** What is known of the model files, once a picker has asked for it. */
export const useModels = create<ModelsState>((set) => ({
  models: new Map(),
  async load() {
    try {
      set({ models: new Map((await listModels()).map((model) => [model.name, model])) });
    } catch (error) {
      report(error);
    }
  },
}));

/** Look anew for the files that drop-downs offer. */
export async function lookAgain(): Promise<void> {
  try {
    await useCatalogue.getState().load(true);
    await useModels.getState().load();
  } catch (error) {
    report(error);
  }
}
