import { linksOf, type WorkflowDocument } from "../../src/core/document";
import * as edits from "../../src/core/edits";
import { asTaken } from "../../src/core/exact";
import { type Json, type JsonObject } from "../../src/core/json";
import { refusal } from "../../src/core/linking";
import { setSeedHabit } from "../../src/core/seeds";
import { COMMANDS } from "../../src/state/commands/all";
import { clipText, pasteText } from "../../src/state/commands/clipboard";
import { isUsable } from "../../src/state/commands/command";
import type { EditorStore } from "../../src/state/editor";
import type { Chance } from "../chance";
import { CATALOGUE } from "../schemas";
import { SUBGRAPH_GESTURES } from "./subgraphGestures";

/** Something that people do; it may turn out to change nothing. */
export interface Gesture {
  readonly name: string;
  act(chance: Chance, editor: EditorStore): void | Promise<void>;
}

type Change = (chance: Chance, document: WorkflowDocument) => WorkflowDocument;

const CHANGING = ["edit", "arrange"];
/** The first two are what is tried, the next move the focus alone, and the last are in `subgraphGestures.ts`. */
const APART = ["undo", "redo", "fields", "back", "make-subgraph", "dissolve-subgraph", "rename-subgraph"];

/** Every command that changes a workflow, applied to nodes and links that are chosen by chance, */
const COMMANDED: Gesture[] = COMMANDS.filter(({ id, section }) => CHANGING.includes(section) && !APART.includes(id)).map(
  (command) => ({
    name: command.id,
    async act(chance, editor) {
      const { document } = editor.getState();
      const links = linksOf(document).map(({ to, input }) => `${to}.${input}`);
      const share = chance.next() < 0.8 ? 0.15 : 0.6;
      editor.getState().select(chance.some([...Object.keys(document.nodes), ...looks(document)], share), chance.some(links, 0.2));
      if (isUsable(command)) await command.act();
      editor.getState().endGesture();
    },
  }),
);

/** and what the mouse does on the canvas and in fields. */
const BY_HAND: Gesture[] = [
  edited("add", (chance, document) => {
    const type = chance.pick([...CATALOGUE.keys()]);
    return edits.addNode(document, type, { x: chance.below(2000), y: chance.below(1000) })[0];
  }),
  edited("move", (chance, document) => {
    const names = chance.some(Object.keys(document.nodes));
    return edits.moveNodes(document, Object.fromEntries(names.map((name) => [name, { x: chance.next() * 999, y: -chance.below(500) }])));
  }),
  edited("link", link),
  edited("link again", link),
  edited("unlink", (chance, document) => {
    const links = linksOf(document).map(({ to, input }) => ({ node: to, input }));
    return links.length === 0 ? document : edits.disconnect(document, chance.some(links, 0.2), CATALOGUE);
  }),
  edited("set a value", (chance, document) => {
    const name = anyNode(chance, document);
    const fields = CATALOGUE.get(document.nodes[name]?.type ?? "")?.inputs.filter(({ literal }) => literal !== null) ?? [];
    if (fields.length === 0) return document;
    const { name: input, literal } = chance.pick(fields);
    const value: Json = literal?.type === "string" ? chance.pick(["", "a red circle", "ä\n🎨"]) : chance.below(90) + 1;
    return edits.setInput(document, name, input, asTaken(value, literal));
  }),
  edited("set what has no type", (chance, document) => {
    const value = chance.pick<Json>([null, 2 ** 40, 18446744073709551615n, [1, { deep: [true] }], "x"]);
    const name = anyNode(chance, document);
    return name === "" ? document : edits.setInput(document, name, "extra", value);
  }),
  edited("take a value back", (chance, document) => {
    const name = anyNode(chance, document);
    return edits.clearInput(document, name, chance.pick(["text", "steps", "extra", "seed"]));
  }),
  edited("rename", (chance, document) => {
    const name = anyNode(chance, document);
    return edits.renameNode(document, name, edits.freeName(document, chance.pick(["one", "two", "a name"])));
  }),
  edited("style", (chance, document) =>
    edits.restyle(document, chance.some(Object.keys(document.nodes)), {
      title: chance.pick(["A title", undefined]),
      colour: chance.pick(["red", undefined]),
      width: chance.pick([320, undefined]),
    }),
  ),
  edited("make a parameter", (chance, document) => {
    const name = anyNode(chance, document);
    return name === "" ? document : edits.setParameter(document, `${name}.${chance.pick(["text", "steps"])}`, chance.pick(["prompt", "steps", null]));
  }),
  edited("a seed's habit", (chance, document) => {
    const name = anyNode(chance, document);
    return name === "" ? document : setSeedHabit(document, name, "seed", chance.pick(["fixed", "random", "next"]));
  }),
  {
    name: "copy and paste",
    act(chance, editor) {
      const { document } = editor.getState();
      editor.getState().select(chance.some(Object.keys(document.nodes), 0.2));
      const clip = clipText();
      if (clip !== null) pasteText(clip);
    },
  },
  {
    name: "drag a number",
    act(chance, editor) {
      const name = anyNode(chance, editor.getState().document);
      if (name === "") return;
      for (let step = 0; step < 5; step++) {
        editor.getState().edit("set steps", (document) => edits.setInput(document, name, "steps", step), `${name}.steps`);
      }
      editor.getState().endGesture();
    },
  },
];

export const GESTURES: readonly Gesture[] = [...COMMANDED, ...BY_HAND, ...SUBGRAPH_GESTURES];

function edited(name: string, change: Change): Gesture {
  return { name, act: (chance, editor) => editor.getState().edit(name, (document) => change(chance, document)) };
}

function anyNode(chance: Chance, document: WorkflowDocument): string {
  const names = Object.keys(document.nodes);
  return names.length === 0 ? "" : chance.pick(names);
}

/** What is on the canvas beside nodes: notes, groups. */
function looks(document: WorkflowDocument): string[] {
  return Object.keys(document.layout as JsonObject).filter((key) => key.includes("/"));
}

function link(chance: Chance, document: WorkflowDocument): WorkflowDocument {
  for (let attempt = 0; attempt < 20; attempt++) {
    const source = anyNode(chance, document);
    const target = anyNode(chance, document);
    const outputs = CATALOGUE.get(document.nodes[source]?.type ?? "")?.outputs ?? [];
    const inputs = CATALOGUE.get(document.nodes[target]?.type ?? "")?.inputs ?? [];
    if (outputs.length === 0 || inputs.length === 0) continue;
    const sourceHandle = chance.pick(outputs).name;
    const targetHandle = chance.pick(inputs).name;
    if (refusal(document, CATALOGUE, { source, sourceHandle, target, targetHandle }) !== null) continue;
    return edits.connect(document, { node: source, output: sourceHandle }, target, targetHandle, CATALOGUE.get(document.nodes[target]?.type ?? ""));
  }
  return document;
}
