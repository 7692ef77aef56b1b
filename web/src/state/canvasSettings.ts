import { create } from "zustand";

/** What the wheel does: zoom as with a mouse, pan as on a trackpad, or what its events look like. */
export type Wheel = "auto" | "mouse" | "trackpad";

interface CanvasSettings {
  snap: boolean;
  wheel: Wheel;
  /** The next drag on the canvas draws a box that selects, without Shift; not kept. */
  boxing: boolean;
  change(settings: Partial<Pick<CanvasSettings, "snap" | "wheel" | "boxing">>): void;
}

const KEY = "graphengine.canvas";

/** How the canvas behaves for this person; kept in this browser. */
export const useCanvasSettings = create<CanvasSettings>((set, get) => ({
  snap: true,
  wheel: "auto",
  boxing: false,
  ...read(),
  change(settings) {
    set(settings);
    const { snap, wheel } = get();
    localStorage.setItem(KEY, JSON.stringify({ snap, wheel }));
  },
}));

function read(): Partial<Pick<CanvasSettings, "snap" | "wheel">> {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, unknown>;
    const { snap, wheel } = kept;
    return {
      ...(typeof snap === "boolean" ? { snap } : {}),
      ...(wheel === "auto" || wheel === "mouse" || wheel === "trackpad" ? { wheel } : {}),
    };
  } catch {
    return {};
  }
}
