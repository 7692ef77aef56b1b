import { Command } from "cmdk";
import { useMemo } from "react";
import { refusal } from "../core/linking";
import { words } from "../core/schema";
import { linkPorts, schemaAt } from "../core/subgraphs/border";
import { nameOfCard, ONE_MORE, OUTPUTS_CARD } from "../core/subgraphs/cards";
import { useEditor, useEditorStore } from "../state/context";
import { usePage } from "../state/page";
import { useSchemas } from "../state/schemas";
import { text } from "../text";
import { inputRows } from "../core/inputRows";
import { Popup } from "./Popup";

const portName = (name: string) => (name === ONE_MORE ? text.subgraphs.newPort : words(name));
const NO_NODE = { type: "", inputs: {} };

interface Possible {
  readonly output: string;
  readonly to: string;
  readonly input: string;
}

/** Links the chosen node by keyboard: every input in the graph that one of its outputs fits. */
export function LinkingDialog() {
  const open = usePage((state) => state.dialog === "linking");
  const show = usePage((state) => state.show);
  const chosen = useEditor((state) => state.selection[0]);
  return (
    <Popup title={`${text.linking.title} ${chosen ?? ""}`} open={open && chosen !== undefined} close={() => show(null)}>
      {open && chosen !== undefined ? <Inputs from={chosen} /> : null}
    </Popup>
  );
}

function Inputs({ from }: { from: string }) {
  const document = useEditor((state) => state.document);
  const inside = useEditor((state) => state.inside.length > 0);
  const catalogue = useSchemas();
  const store = useEditorStore();
  const show = usePage((state) => state.show);
  const possible = useMemo(() => {
    const outputs = schemaAt(catalogue, document, from)?.outputs ?? [];
    const found: Possible[] = [];
    for (const { name: output } of outputs) {
      for (const to of inside ? [...Object.keys(document.nodes), OUTPUTS_CARD] : Object.keys(document.nodes)) {
        const schema = schemaAt(catalogue, document, to);
        if (!schema) continue;
        for (const { key: input } of inputRows(schema, document.nodes[to] ?? NO_NODE)) {
          const attempt = { source: from, sourceHandle: output, target: to, targetHandle: input };
          if (refusal(document, catalogue, attempt) === null) found.push({ output, to, input });
        }
      }
    }
    return found;
  }, [document, catalogue, from, inside]);
  const link = ({ output, to, input }: Possible) => {
    store
      .getState()
      .edit(text.actions.connect, (before) =>
        linkPorts(before, catalogue, { source: from, sourceHandle: output, target: to, targetHandle: input }),
      );
    show(null);
  };
  return (
    <Command label={text.linking.title} loop className="palette">
      <Command.Input autoFocus placeholder={text.find.search} />
      <Command.List>
        <Command.Empty>{text.linking.none}</Command.Empty>
        {possible.map((each) => {
          const line = `${portName(each.output)} ${text.linking.to} ${nameOfCard(each.to)}, ${portName(each.input)}`;
          return (
            <Command.Item key={`${each.output}>${each.to}.${each.input}`} value={line} onSelect={() => link(each)}>
              {line}
            </Command.Item>
          );
        })}
      </Command.List>
    </Command>
  );
}
