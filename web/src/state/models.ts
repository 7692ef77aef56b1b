import { create } from "zustand";
import { ApiError, Offline } from "../api/http";
import { listModels, type ModelRecord } from "../api/models";
import { useCatalogue } from "./catalogue";
import { report } from "./commands/report";

interface ModelsState {
  /** By name, which may be one of several kinds. */
  models: ReadonlyMap<string, ModelRecord>;
  /** The files that prompts can name; null while they aren't known. */
  embeddings: readonly string[] | null;
  /** `quiet`: nobody has asked for it, and a server that doesn't answer is no news. */
  load(quiet?: boolean): Promise<void>;
  asked: boolean;
  /** Load them, unless that was asked for before. */
  know(): Promise<void>;
}

const EMBEDDINGS = "embeddings";

/** What is known of the model files, once a field has asked for it. */
export const useModels = create<ModelsState>((set, get) => ({
  models: new Map(),
  embeddings: null,
  asked: false,
  async load(quiet = false) {
    try {
      const models = await listModels();
      const embeddings = models.filter(({ kind }) => kind === EMBEDDINGS).map(({ name }) => name);
      set({ models: new Map(models.map((model) => [model.name, model])), embeddings });
    } catch (error) {
      if (!(quiet && (error instanceof ApiError || error instanceof Offline))) report(error);
    }
  },
  async know() {
    if (get().asked) return;
    set({ asked: true });
    await get().load(true);
    set({ asked: get().embeddings !== null });
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
