import { create } from "zustand";
import { resized } from "../core/painting/brush";

export type Tool = "brush" | "erase" | "fill";

interface BrushState {
  tool: Tool;
  size: number;
  hardness: number;
  opacity: number;
  /** Shows the mask by itself, white on black, not laid over the picture. */
  alone: boolean;
  choose(tool: Tool): void;
  set(change: Partial<Pick<BrushState, "size" | "hardness" | "opacity" | "alone">>): void;
  resize(larger: boolean): void;
  harden(by: number): void;
}

/** What the mask painter paints with; it stays from one painting to the next. */
export const useBrush = create<BrushState>((set) => ({
  tool: "brush",
  size: 48,
  hardness: 0.8,
  opacity: 1,
  alone: false,
  choose: (tool) => set({ tool }),
  set: (change) => set(change),
  resize: (larger) => set(({ size }) => ({ size: resized(size, larger) })),
  harden: (by) => set(({ hardness }) => ({ hardness: Math.round(Math.min(1, Math.max(0, hardness + by)) * 100) / 100 })),
}));
