import { create } from "zustand";

/** A picture that a mask is painted on. */
export interface Ground {
  /** Where the page loads it from, such as `/api/uploads/NAME`. */
  readonly address: string;
  readonly title: string;
}

/** What is being painted: `mask` is the name of the one to go on with, `done` takes the new one, or null if nothing is kept. */
export interface Painting {
  readonly number: number;
  readonly ground: Ground | null;
  readonly mask: string | null;
  done(mask: string | null): void;
}

const GROUNDS = "graphengine.grounds";
const MOST_GROUNDS = 100;

/** Note which picture a mask was painted on, for when it is opened again and the workflow doesn't tell. */
export function noteGround(mask: string, ground: Ground): void {
  const known = Object.entries(grounds()).filter(([name]) => name !== mask);
  try {
    localStorage.setItem(GROUNDS, JSON.stringify(Object.fromEntries([...known, [mask, ground]].slice(-MOST_GROUNDS))));
  } catch {
    // no room: it is asked for again
  }
}

export function notedGround(mask: string): Ground | null {
  return grounds()[mask] ?? null;
}

function grounds(): Record<string, Ground> {
  try {
    return (JSON.parse(localStorage.getItem(GROUNDS) ?? "{}") ?? {}) as Record<string, Ground>;
  } catch {
    return {};
  }
}

let paintings = 0;

/** The mask painter: closed while there is no painting. */
export const usePainter = create<{ painting: Painting | null }>(() => ({ painting: null }));

/**
 * Let people paint a mask on a picture, white where it may change; without a picture they choose one. Answers with
 * the name of the upload, which `load_mask` takes, or with null if they leave it at that.
 */
export function paintMask(ground: Ground | null, mask: string | null = null): Promise<string | null> {
  return new Promise((resolve) => {
    usePainter.getState().painting?.done(null);
    const done = (made: string | null) => {
      usePainter.setState({ painting: null });
      resolve(made);
    };
    usePainter.setState({ painting: { number: ++paintings, ground, mask, done } });
  });
}
