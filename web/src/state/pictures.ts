import { create } from "zustand";
import { exampleAddress, listExamples, uploadAddress, uploadThumbnail } from "../api/pictures";

/** What the server calls uploads; of other files it shows the examples alone. */
const UPLOADED = /^[0-9a-f]{64}\.(png|jpg|webp)$/;

interface Examples {
  names: readonly string[];
  load(): Promise<void>;
}

let asked: Promise<void> | null = null;

/** The pictures that come with the workflows; they are asked for when first needed. */
export const useExamples = create<Examples>((set) => ({
  names: [],
  load() {
    asked ??= listExamples().then(
      (names) => set({ names }),
      () => {
        asked = null; // out of reach: asked again when needed again
      },
    );
    return asked;
  },
}));

/** Where the page finds a picture that workflows call by this name; null for one that the server doesn't show. */
export async function addressOf(name: string): Promise<string | null> {
  if (UPLOADED.test(name)) return uploadAddress(name);
  await useExamples.getState().load();
  return useExamples.getState().names.includes(name) ? exampleAddress(name) : null;
}

/** A small copy of it, as far as is known now. */
export function thumbnailIn(examples: readonly string[], name: string): string | null {
  if (UPLOADED.test(name)) return uploadThumbnail(name);
  return examples.includes(name) ? exampleAddress(name) : null;
}
