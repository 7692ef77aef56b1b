import type { Artifact } from "../../api/server";
import { text } from "../../text";

/** A picture in a few words: the node that made it, and its seed. */
export function describe({ node, seed }: Artifact): string {
  return seed === null ? node : `${node}, ${text.panel.seed(seed)}`;
}
