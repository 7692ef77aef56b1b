import { emptyDocument, type WorkflowDocument } from "../../core/document";
import { setInput } from "../../core/edits";
import { withMembers } from "../../core/items";
import type { InputSchema } from "../../core/schema";
import { definedAt, scopeAt, writeSubgraph } from "../../core/subgraphs/nesting";
import { freeType } from "../../core/subgraphs/definitions";
import { dissolve, dissolveRefusal } from "../../core/subgraphs/dissolve";
import { extract, extractRefusal } from "../../core/subgraphs/extract";
import { graphOf, isUsed, type Path, removeSubgraph, renameSubgraph, replaceGraph } from "../../core/subgraphs/uses";
import { withPlacesInside } from "../../core/usualPlaces";
import { text } from "../../text";
import { useCatalogue } from "../catalogue";
import { usePage } from "../page";
import { activeSchemas } from "../schemas";
import { activeEditor } from "../tabs";
import { sizes } from "../view";
import { chosenNodes } from "./chosen";
import { enter, selected, usedType } from "./entering";

const { actions } = text.subgraphs;

/** Ask for the name of the subgraph that the chosen nodes become; say why if they can't. */
export function askToMake(): void {
  const reason = extractRefusal(activeEditor().getState().document, chosenNodes());
  if (reason !== null) usePage.getState().notify(reason);
  else usePage.getState().show("makeSubgraph");
}

/** Whether a subgraph could be called that: no node type and no other subgraph here is. */
export function whyNoSubgraph(name: string, before: string | null = null): string | null {
  if (name === before) return null;
  if (name.trim() === "" || name !== name.trim() || /[./]/.test(name) || name === "inputs") return text.subgraphs.nameWrong;
  return activeSchemas().has(name) ? text.subgraphs.nameTaken(name) : null;
}

/** A name for a new subgraph that is free. */
export function freeSubgraph(wanted: string): string {
  const schemas = activeSchemas();
  return freeType(wanted, (name) => schemas.has(name));
}

/** Put the chosen nodes together, with the notes and groups that are chosen. */
export function make(name: string): void {
  const editor = activeEditor();
  const { document, selection, edit } = editor.getState();
  const keys = withMembers(document, selection, sizes());
  const schemas = activeSchemas();
  let made = "";
  edit(actions.make, (before) => {
    const [changed, use] = extract(before, keys, name, schemas);
    made = use;
    return changed;
  });
  editor.getState().select([made]);
}

/** The nodes of the subgraph in the place of the selected node; a subgraph that nothing uses then goes with it. */
export function dissolveSelected(): void {
  const use = usedType();
  const editor = activeEditor();
  const { whole, inside, document, editWhole } = editor.getState();
  const scope = scopeAt(whole, inside);
  const reason = use === null ? text.subgraphs.noUse : dissolveRefusal(document, use.node, scope);
  if (use === null || reason !== null) {
    usePage.getState().notify(reason ?? text.subgraphs.noUse);
    return;
  }
  const schemas = activeSchemas();
  const { nodes } = useCatalogue.getState();
  const path = definedAt(whole, [...inside, { node: use.node, subgraph: use.type }]);
  let names: string[] = [];
  editWhole(actions.dissolve, (before) => {
    const [graph, placed] = dissolve(document, use.node, scope, schemas);
    names = placed;
    const changed = replaceGraph(before, definedAt(before, inside), graph, nodes);
    return isUsed(changed, path, nodes) ? changed : removeSubgraph(changed, path);
  });
  editor.getState().select(names);
}

/** Call the subgraph that the selected node runs something else, wherever it is used. */
export function renameUsed(name: string): void {
  const use = selected();
  const { whole, inside, editWhole } = activeEditor().getState();
  if (use === null || use.subgraph === name) return;
  const path = definedAt(whole, [...inside, use]);
  editWhole(actions.rename, (before) => renameSubgraph(before, path, name, useCatalogue.getState().nodes));
}

/** Take every subgraph away that nothing uses, those that only these used among them. */
export function removeUnused(): void {
  const { nodes } = useCatalogue.getState();
  let count = 0;
  activeEditor().getState().editWhole(actions.remove, (before) => {
    let changed = before;
    for (let path = unused(changed, []); path !== null; path = unused(changed, [])) {
      changed = removeSubgraph(changed, path);
      count++;
    }
    return changed;

    function unused(whole: WorkflowDocument, at: Path): Path | null {
      const graph = graphOf(whole, at);
      for (const name of Object.keys(graph.subgraphs)) {
        const path = [...at, name];
        if (!isUsed(whole, path, nodes)) return path;
        const inner = unused(whole, path);
        if (inner !== null) return inner;
      }
      return null;
    }
  });
  usePage.getState().notify(count === 0 ? text.subgraphs.noneUnused : text.subgraphs.removed(count), false);
}

/** Give a node a new subgraph for its body, with what the node gives it and what it has to give, and enter it. */
export function makeBody(node: string, input: InputSchema): void {
  const editor = activeEditor();
  const name = freeSubgraph(text.subgraphs.usualBody);
  const typed = (types: readonly string[]) => (types.some((type) => type.includes("~")) ? "Any" : types.join(" | "));
  const inputs = Object.fromEntries(Object.entries(input.gets ?? {}).map(([port, types]) => [port, { type: typed(types) }]));
  editor.getState().edit(actions.body, (document) => ({
    ...setInput(document, node, input.name, name),
    subgraphs: { ...document.subgraphs, [name]: writeSubgraph(withPlacesInside({ ...emptyDocument(), inputs })) },
  }));
  enter(node, name);
}
