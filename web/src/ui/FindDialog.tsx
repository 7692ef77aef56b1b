import { useReactFlow } from "@xyflow/react";
import { Command } from "cmdk";
import { useMemo, useState } from "react";
import { placeOf } from "../core/document";
import { writeJson } from "../core/json";
import { words } from "../core/schema";
import { useEditor, useEditorStore } from "../state/context";
import { usePage } from "../state/page";
import { text } from "../text";
import { Popup } from "./Popup";

/** Finds a node of the graph by its name, its type or a value, and shows it. */
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
  const document = useEditor((state) => state.document);
  const store = useEditorStore();
  const show = usePage((state) => state.show);
  const flow = useReactFlow();
  const [typed, setTyped] = useState("");
  const found = useMemo(() => {
    const wanted = typed.toLowerCase();
    return Object.entries(document.nodes)
      .filter(([name, node]) =>
        `${name} ${placeOf(document, name)?.title ?? ""} ${node.type} ${writeJson(node.inputs as never)}`.toLowerCase().includes(wanted),
      )
      .sort(([a], [b]) => nearness(a, wanted) - nearness(b, wanted));
  }, [document, typed]);
  const goTo = (name: string) => {
    store.getState().select([name]);
    void flow.fitView({ nodes: [{ id: name }], maxZoom: 1.2, duration: 200 });
    show(null);
  };
  return (
    <Command label={text.find.search} shouldFilter={false} loop className="palette">
      <Command.Input autoFocus value={typed} onValueChange={setTyped} placeholder={text.find.search} />
      <Command.List>
        <Command.Empty>{text.find.none}</Command.Empty>
        {found.slice(0, 100).map(([name, node]) => (
          <Command.Item key={name} value={name} onSelect={() => goTo(name)}>
            <span className="palette-name">{name}</span>
            <span className="palette-category">{words(node.type)}</span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}

/** Nodes of that name come first, then those whose name has it, then those that have it elsewhere. */
function nearness(name: string, wanted: string): number {
  const known = name.toLowerCase();
  return known === wanted ? 0 : known.includes(wanted) ? 1 : 2;
}
