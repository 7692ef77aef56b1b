import { Command } from "cmdk";
import { useMemo, useState } from "react";
import { placeOf, type WorkflowDocument } from "../core/document";
import { itemKeys, itemOf, kindOf } from "../core/items";
import { writeJson } from "../core/json";
import { words } from "../core/schema";
import { graphsIn } from "../core/subgraphs/everywhere";
import { definedAt, graphAt, type Inside } from "../core/subgraphs/nesting";
import { useCatalogue } from "../state/catalogue";
import { useEditor, useEditorStore } from "../state/context";
import { usePage } from "../state/page";
import { showOne } from "../state/view";
import { text } from "../text";
import { Popup } from "./Popup";
import { useBestOnTop } from "./useBestOnTop";

/** Finds a node by its name, its type or a value, in the graph in front before the others of the workflow, and shows it. */
export function FindDialog() {
  const open = usePage((state) => state.dialog === "find");
  const show = usePage((state) => state.show);
  return (
    <Popup title={text.find.title} open={open} close={() => show(null)}>
      {open ? <Found /> : null}
    </Popup>
  );
}

function Found() {
  const whole = useEditor((state) => state.whole);
  const front = useEditor((state) => state.inside);
  const catalogue = useCatalogue((state) => state.nodes);
  const store = useEditorStore();
  const show = usePage((state) => state.show);
  const [typed, setTyped] = useState("");
  const list = useBestOnTop(typed);
  const found = useMemo(() => {
    const wanted = typed.toLowerCase();
    const here = definedAt(whole, front).join("/");
    const elsewhere = graphsIn(whole, catalogue).filter(({ inside }) => definedAt(whole, inside).join("/") !== here);
    const all = [{ inside: front, graph: graphAt(whole, front) }, ...elsewhere].flatMap(({ inside, graph }) =>
      places(graph).map((place) => ({ ...place, inside })),
    );
    return all
      .filter(({ words: known }) => known.toLowerCase().includes(wanted))
      .sort((a, b) => nearness(a.name, wanted) - nearness(b.name, wanted));
  }, [whole, front, catalogue, typed]);
  const goTo = (key: string, inside: Inside) => {
    const { go, select } = store.getState();
    const elsewhere = inside !== front;
    if (elsewhere) go(inside);
    select([key]);
    showOne(key, elsewhere);
    show(null);
  };
  return (
    <Command label={text.find.search} shouldFilter={false} loop className="palette">
      <Command.Input autoFocus value={typed} onValueChange={setTyped} placeholder={text.find.search} />
      <Command.List ref={list}>
        <Command.Empty>{text.find.none}</Command.Empty>
        {found.slice(0, 100).map(({ key, name, kind, inside }) => (
          <Command.Item key={`${wayText(inside)}${key}`} value={`${wayText(inside)}${key}`} onSelect={() => goTo(key, inside)}>
            <span className="palette-name">{name}</span>
            <span className="palette-category">{inside === front ? kind : `${kind}, ${inside.at(-1)?.node ?? (whole.name || text.untitled)}`}</span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}

/** A way as text, to tell ways apart. */
const wayText = (inside: Inside): string => inside.map(({ node, subgraph }) => `${node}:${subgraph}/`).join("");

/** Nodes, groups and notes: each with what it is called, what it is, and all words by which it is found. */
function places(document: WorkflowDocument): { key: string; name: string; kind: string; words: string }[] {
  const nodes = Object.entries(document.nodes).map(([name, node]) => {
    const known = `${name} ${placeOf(document, name)?.title ?? ""} ${node.type} ${writeJson(node.inputs as never)}`;
    return { key: name, name, kind: words(node.type), words: known };
  });
  const items = itemKeys(document).map((key) => {
    const item = itemOf(document, key);
    const kind = kindOf(key) === "group" ? text.canvas.group : text.canvas.note;
    const name = (item?.title ?? item?.text ?? "").split("\n", 1)[0] || kind;
    return { key, name, kind, words: `${kind} ${item?.title ?? ""} ${item?.text ?? ""}` };
  });
  return [...nodes, ...items];
}

/** Nodes of that name come first, then those whose name has it, then those that have it elsewhere. */
function nearness(name: string, wanted: string): number {
  const known = name.toLowerCase();
  return known === wanted ? 0 : known.includes(wanted) ? 1 : 2;
}
