import { useStore } from "@xyflow/react";
import { createContext, type ReactNode, useContext, useDeferredValue } from "react";

/**
 * How much of a card is drawn. From afar: its title, its ports, its pictures. A large graph seen from very far is a map:
 * its ports are dots, and its links one drawing.
 */
export type Detail = "all" | "far" | "map";

/** Below this zoom the fields of a card can't be read, and a port is too small to be hit. */
const SMALL = 0.25;
/** Below this zoom so many cards may be in view that their fields cost more than they tell, but where there are few. */
const CROWDED = 0.45;
/** So many cards with all their fields cost what those of a graph that isn't large cost without. */
export const FEW = 60;
/** A graph of more nodes is a large one. */
export const MANY = 200;

/** By the zoom and the size of the graph alone, so that nothing changes while the view is only moved. */
export function detailOf(zoom: number, nodes: number): Detail {
  if (zoom >= (nodes > FEW ? CROWDED : SMALL)) return "all";
  return zoom < SMALL && nodes > MANY ? "map" : "far";
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
