import type { Chance } from "../chance";
import { INPUTS_CARD, ONE_MORE, OUTPUTS_CARD } from "../../src/core/subgraphs/cards";
import { linkPorts } from "../../src/core/subgraphs/border";
import { extractRefusal } from "../../src/core/subgraphs/extract";
import { enter, leave, subgraphOf } from "../../src/state/commands/entering";
import { dissolveSelected, freeSubgraph, make, renameUsed } from "../../src/state/commands/making";
import type { EditorStore } from "../../src/state/editor";
import { changePort, type Port, removePort, reorderPort, type Side } from "../../src/state/ports";
import { activeSchemas } from "../../src/state/schemas";
import type { Gesture } from "./gestures";

/** What people do with subgraphs: make them, go in and out, change their ports, dissolve them. */
export const SUBGRAPH_GESTURES: readonly Gesture[] = [
  gesture("make a subgraph", (chance, editor) => {
    const { document } = editor.getState();
    const names = chance.some(Object.keys(document.nodes));
    if (extractRefusal(document, names) !== null) return;
    editor.getState().select(names);
    make(freeSubgraph("made"));
  }),
  gesture("enter", (chance, editor) => {
    const use = anyUse(chance, editor);
    if (use !== null) enter(use);
  }),
  gesture("leave", () => leave()),
  gesture("dissolve", (chance, editor) => {
    const use = anyUse(chance, editor);
    if (use === null) return;
    editor.getState().select([use]);
    dissolveSelected();
  }),
  gesture("rename a subgraph", (chance, editor) => {
    const use = anyUse(chance, editor);
    if (use === null) return;
    editor.getState().select([use]);
    renameUsed(freeSubgraph(chance.pick(["renamed", "other"])));
  }),
  gesture("draw to the border", (chance, editor) => {
    goInside(chance, editor);
    const { document, inside, edit } = editor.getState();
    const names = Object.keys(document.nodes);
    if (inside.length === 0 || names.length === 0) return;
    const node = chance.pick(names);
    const schema = activeSchemas().get(document.nodes[node]?.type ?? "");
    const output = schema?.outputs[0]?.name;
    const input = schema?.inputs[0]?.name;
    const outward = output !== undefined && chance.next() < 0.5;
    const ends = outward
      ? { source: node, sourceHandle: output, target: OUTPUTS_CARD, targetHandle: ONE_MORE }
      : { source: INPUTS_CARD, sourceHandle: ONE_MORE, target: node, targetHandle: input ?? "" };
    edit("link", (before) => linkPorts(before, activeSchemas(), ends));
  }),
  onPort("rename a port", (port, chance) => changePort(port, `${port.name}_${chance.below(9)}`, null)),
  onPort("retype an input", (port) => {
    if (port.side === "inputs") changePort(port, port.name, { type: "Any", default: 3 });
  }),
  onPort("move a port", (port, chance) => reorderPort(port, chance.pick([-1, 1]))),
  onPort("remove a port", (port) => removePort(port)),
];

function gesture(name: string, act: (chance: Chance, editor: EditorStore) => void): Gesture {
  return { name, act };
}

function onPort(name: string, act: (port: Port, chance: Chance) => void): Gesture {
  return gesture(name, (chance, editor) => {
    goInside(chance, editor);
    const { document, inside } = editor.getState();
    const side: Side = chance.pick(["inputs", "outputs"] as const);
    const ports = Object.keys(document[side] ?? {}).filter((port) => !/_\d_\d/.test(port));
    if (inside.length > 0 && ports.length > 0) act({ side, name: chance.pick(ports) }, chance);
  });
}

/** Ports are changed from inside. */
function goInside(chance: Chance, editor: EditorStore): void {
  const use = editor.getState().inside.length === 0 ? anyUse(chance, editor) : null;
  if (use !== null) enter(use);
}

function anyUse(chance: Chance, editor: EditorStore): string | null {
  const state = editor.getState();
  const uses = Object.keys(state.document.nodes).filter((name) => subgraphOf(state, name) !== null);
  return uses.length === 0 ? null : chance.pick(uses);
}
