import { create } from "zustand";
import { readCatalogue } from "../api/server";
import type { Catalogue } from "../core/schema";

interface CatalogueState {
  nodes: Catalogue;
  /** Why which plugin brings no nodes. */
  problems: readonly string[];
  loaded: boolean;
  load(): Promise<void>;
}

/** The node types of the server. */
export const useCatalogue = create<CatalogueState>((set) => ({
  nodes: new Map(),
  problems: [],
  loaded: false,
  async load() {
    const { catalogue, problems } = await readCatalogue();
    set({ nodes: catalogue, problems, loaded: true });
  },
}));
