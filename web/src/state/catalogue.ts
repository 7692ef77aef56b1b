import { create } from "zustand";
import { readCatalogue } from "../api/server";
import type { Catalogue } from "../core/schema";

interface CatalogueState {
  nodes: Catalogue;
  /** By plugin, which widgets it draws by itself. */
  widgets: ReadonlyMap<string, readonly string[]>;
  /** Why which plugin brings no nodes. */
  problems: readonly string[];
  loaded: boolean;
  /** Nothing was heard of the server yet; the first time that a server starts, it takes seconds to read its nodes. */
  waiting: boolean;
  /** `refresh`: with what drop-downs offer now, such as files that were just put in their folder. */
  load(refresh?: boolean): Promise<void>;
}

/** The node types of the server. */
export const useCatalogue = create<CatalogueState>((set) => ({
  nodes: new Map(),
  widgets: new Map(),
  problems: [],
  loaded: false,
  waiting: true,
  async load(refresh = false) {
    try {
      const { catalogue, widgets, problems } = await readCatalogue(refresh);
      set({ nodes: catalogue, widgets, problems, loaded: true });
    } finally {
      set({ waiting: false });
    }
  },
}));
