import { useEffect, useMemo } from "react";
import { namesOfFiles } from "../core/embeddings";
import { embeddingsIn } from "../core/promptSyntax";
import { useModels } from "./models";

interface Embeddings {
  /** As prompts say them. */
  readonly names: readonly string[];
  isOne(name: string): boolean;
}

const UNKNOWN: Embeddings = { names: [], isOne: () => true };

/** The embeddings that a prompt can name. They are asked for once it names one; till then none is missing. */
export function useEmbeddings(prompt: string): Embeddings {
  const files = useModels((state) => state.embeddings);
  const wanted = useMemo(() => embeddingsIn(prompt).length > 0, [prompt]);
  useEffect(() => {
    if (wanted && files === null) void useModels.getState().load(true);
  }, [wanted, files === null]);
  return useMemo(() => {
    if (files === null) return UNKNOWN;
    const names = namesOfFiles(files);
    const all = new Set([...names, ...files]);
    return { names, isOne: (name) => all.has(name) };
  }, [files]);
}
