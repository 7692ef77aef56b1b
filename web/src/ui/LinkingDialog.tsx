import { Command } from "cmdk";
import { useMemo } from "react";
import { connect } from "../core/edits";
import { refusal } from "../core/linking";
import { words } from "../core/schema";
import { useCatalogue } from "../state/catalogue";
import { useEditor, useEditorStore } from "../state/context";
import { usePage } from "../state/page";
import { text } from "../text";
import { inputRows } from "./inputRows";
import { Popup } from "./Popup";

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
  const catalogue = useCatalogue((state) => state.nodes);
  const store = useEditorStore();
  const show = usePage((state) => state.show);
  const possible = useMemo(() => {
    const outputs = catalogue.get(document.nodes[from]?.type ?? "")?.outputs ?? [];
    const found: Possible[] = [];
    for (const { name: output } of outputs) {
      for (const [to, node] of Object.entries(document.nodes)) {
        const schema = catalogue.get(node.type);
        if (!schema) continue;
        for (const { key: input } of inputRows(schema, node)) {
          const attempt = { source: from, sourceHandle: output, target: to, targetHandle: input };
          if (refusal(document, catalogue, attempt) === null) found.push({ output, to, input });
        }
      }
    }
    return found;
  }, [document, catalogue, from]);
  const link = ({ output, to, input }: Possible) => {
    store
      .getState()
      .edit(text.actions.connect, (before) =>
        connect(before, { node: from, output }, to, input, catalogue.get(before.nodes[to]?.type ?? "")),
      );
    show(null);
  };
  return (
    <Command label={text.linking.title} loop className="palette">
      <Command.Input autoFocus placeholder={text.find.search} />
      <Command.List>
        <Command.Empty>{text.linking.none}</Command.Empty>
        {possible.map((each) => {
          const line = `${words(each.output)} ${text.linking.to} ${each.to}, ${words(each.input)}`;
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
