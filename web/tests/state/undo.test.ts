/** Whatever is done is undone and done again, to the letter, step by named step. */
import "../page";
import { beforeAll, expect, test } from "vitest";
import { linksOf, readDocument, type WorkflowDocument } from "../../src/core/document";
import { parseJson } from "../../src/core/json";
import { readSubgraph } from "../../src/core/subgraphs/nesting";
import { fileText } from "../../src/core/written";
import { useCatalogue } from "../../src/state/catalogue";
import { createEditor, type EditorStore, redo, undo } from "../../src/state/editor";
import { useTabs } from "../../src/state/tabs";
import { Chance } from "../chance";
import { CATALOGUE } from "../schemas";
import { type Gesture, GESTURES } from "./gestures";
import { SUBGRAPH_GESTURES } from "./subgraphGestures";

const SEEDS = Array.from({ length: 32 }, (_, seed) => seed);
const COUNT = 200;
/** They change what is in front, not the workflow. */
const WAYS = ["enter", "leave"];
const everUsed = new Set<string>();
const TEMPLATES = Object.values(import.meta.glob<string>("../../../workflows/*.json", { query: "?raw", import: "default", eager: true }));

beforeAll(() => useCatalogue.setState({ nodes: CATALOGUE, loaded: true }));

function opened(seed: number): EditorStore {
  const editor = createEditor(readDocument(parseJson(TEMPLATES[seed % TEMPLATES.length] as string)));
  useTabs.setState({ tabs: [{ id: "tab", editor }], active: "tab" });
  return editor;
}

test.each(SEEDS)("200 gestures, seed %i", async (seed) => {
  const chance = new Chance(seed);
  const editor = opened(seed);
  const first = fileText(editor.getState().whole);
  const states = [first];
  const used = new Set<Gesture>();
  for (let count = 0; count < COUNT; count++) {
    const gesture = chance.pick(GESTURES);
    const before = editor.getState().whole;
    await gesture.act(chance, editor);
    const { whole, action } = editor.getState();
    if (whole === before) continue;
    used.add(gesture);
    expect(action, `the name of the step by '${gesture.name}'`).not.toBe("");
    const text = fileText(whole);
    expect(fileText(readDocument(parseJson(text))), `what '${gesture.name}' made, read again`).toBe(text);
    expect(dangling(whole), `'${gesture.name}' leaves links to nothing`).toEqual(dangling(before));
    if (text !== states.at(-1)) states.push(text);
    if (chance.next() < 0.05) expect(back(editor, chance.below(6), states)).toBe(true);
  }
  const last = fileText(editor.getState().whole);
  expect(used.size).toBeGreaterThan(GESTURES.length / 4); // some empty the workflow early
  for (const { name } of used) everUsed.add(name);

  let steps = 0;
  for (let name = undo(editor); name !== null; name = undo(editor), steps++) expect(name).not.toBe("");
  expect(fileText(editor.getState().whole)).toBe(first);
  expect(steps).toBeGreaterThan(COUNT / 8);
  while (redo(editor) !== null) steps--;
  expect(steps).toBe(0);
  expect(fileText(editor.getState().whole)).toBe(last);
});

test("every gesture with subgraphs changed something in one of them", () => {
  const idle = SUBGRAPH_GESTURES.map(({ name }) => name).filter((name) => !everUsed.has(name) && !WAYS.includes(name));
  expect(idle).toEqual([]);
});

/** Some steps back and forth again, on the way. */
function back(editor: EditorStore, steps: number, states: readonly string[]): boolean {
  const here = fileText(editor.getState().whole);
  let gone = 0;
  while (gone < steps && undo(editor) !== null) gone++;
  const there = fileText(editor.getState().whole);
  for (let count = 0; count < gone; count++) redo(editor);
  return fileText(editor.getState().whole) === here && states.includes(there);
}

/** Links to nodes that aren't there, in the workflow and in its subgraphs. */
function dangling(document: WorkflowDocument, at = ""): string[] {
  const { nodes, subgraphs, inputs = {} } = document;
  const own = linksOf(document)
    .filter(({ from }) => (from.node === "inputs" ? !(from.output in inputs) : !(from.node in nodes)))
    .map(({ to, input }) => `${at}${to}.${input}`);
  return [...own, ...Object.entries(subgraphs).flatMap(([name, json]) => dangling(readSubgraph(json), `${at}${name}/`))];
}
