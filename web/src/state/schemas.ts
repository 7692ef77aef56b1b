/** Node types as the graph in front can name them: those of the server, and the workflow's subgraphs. */
import type { Catalogue, NodeSchema } from "../core/schema";
import { schemaOf } from "../core/subgraphs/bodies";
import { type Inside, scopeAt } from "../core/subgraphs/nesting";
import { withSubgraphs } from "../core/subgraphs/schema";
import { useCatalogue } from "./catalogue";
import { useEditor } from "./context";
import type { EditorState } from "./editor";
import { activeEditor } from "./tabs";

interface Known {
  readonly catalogue: Catalogue;
  readonly inside: Inside;
  readonly schemas: Catalogue;
}

/** What was found last, by the subgraphs that it was found from: they change far less often than the workflow. */
const known = new WeakMap<object, Known>();

function schemasOf({ whole, inside }: EditorState, catalogue: Catalogue): Catalogue {
  const before = known.get(whole.subgraphs);
  if (before?.catalogue === catalogue && before.inside === inside) return before.schemas;
  const schemas = withSubgraphs(catalogue, scopeAt(whole, inside));
  known.set(whole.subgraphs, { catalogue, inside, schemas });
  return schemas;
}

/** The node types for the graph in front of the tab. */
export function useSchemas(): Catalogue {
  const catalogue = useCatalogue((state) => state.nodes);
  return useEditor((state) => schemasOf(state, catalogue));
}

/** The schema of a card of the graph in front, with what its subgraphs bring. */
export function useSchema(card: string): NodeSchema | undefined {
  const catalogue = useCatalogue((state) => state.nodes);
  return useEditor((state) => schemaOf(schemasOf(state, catalogue), state.document.nodes[card]));
}

/** The same outside of what is drawn: for the tab in front. */
export function activeSchemas(): Catalogue {
  return schemasOf(activeEditor().getState(), useCatalogue.getState().nodes);
}
