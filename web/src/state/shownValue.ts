import { create } from "zustand";
import type { Json } from "../core/json";

/** A value that is looked at as a whole. */
export interface ShownValue {
  readonly title: string;
  readonly value: Json;
  /** Characters or items in all, where only the beginning is known. */
  readonly cut: number | null;
}

interface ShownValueState {
  readonly shown: ShownValue | null;
  show(value: ShownValue | null): void;
}

export const useShownValue = create<ShownValueState>((set) => ({
  shown: null,
  show: (shown) => set({ shown }),
}));
