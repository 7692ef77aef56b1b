import { useStore } from "@xyflow/react";
import { createContext, type ReactNode, useContext, useDeferredValue } from "react";

/**
 * How much of a card is drawn. From afar: its title, its ports, its pictures. A large graph seen from very far is a map:
 * its ports are dots, and its links one drawing.
 */
export type Detail = "all" | "far" | "map";

/** Below this zoom the fields of a card can't be read. */
const FAR = 0.45;
/** Below this zoom a port is too small to be hit. */
const MAP = 0.25;
/** A graph of more nodes is a large one. */
export const MANY = 200;

export function detailOf(zoom: number, nodes: number): Detail {
  if (zoom >= FAR) return "all";
  return zoom < MAP && nodes > MANY ? "map" : "far";
}

const Context = createContext<Detail>("all");

const ORDER: readonly Detail[] = ["map", "far", "all"];

/** Tells the cards inside how much to draw. More is made in slices, while the canvas goes on moving; less at once. */
export function DetailProvider({ children }: { children: ReactNode }) {
  const now = useStore(({ transform, nodes }) => detailOf(transform[2], nodes.length));
  const made = useDeferredValue(now);
  const less = ORDER.indexOf(now) < ORDER.indexOf(made);
  return <Context.Provider value={less ? now : made}>{children}</Context.Provider>;
}

export function useDetail(): Detail {
  return useContext(Context);
}
