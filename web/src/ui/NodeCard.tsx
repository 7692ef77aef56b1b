import { type NodeProps } from "@xyflow/react";
import { memo, useLayoutEffect, useState } from "react";
import { type DocumentNode, placeOf } from "../core/document";
import { restyle } from "../core/edits";
import type { Problem } from "../core/problems";
import type { NodeRun } from "../core/runs/view";
import { type NodeSchema, type OutputSchema, summary, words } from "../core/schema";
import { CATEGORY } from "../core/subgraphs/schema";
import { useCatalogue } from "../state/catalogue";
import { useEditor, useEditorStore, useNodeRun } from "../state/context";
import { enter } from "../state/commands/entering";
import { useNaming } from "../state/naming";
import { useSchema } from "../state/schemas";
import { lookForPlugins } from "../state/commands/plugins";
import { usePage } from "../state/page";
import { firstField } from "../state/view";
import { text } from "../text";
import { CardWidth } from "./canvas/CardWidth";
import { useDetail } from "./canvas/detail";
import { FarCard } from "./canvas/FarCard";
import { useMeasuredInFull } from "./canvas/measuring";
import { tint } from "./canvas/tint";
import { useTurn } from "./canvas/turns";
import { Icon } from "./Icon";
import { InputRow } from "./InputRow";
import { inputRows, type Row, split } from "../core/inputRows";
import { NodeBadge } from "./NodeBadge";
import { NodePictures } from "./NodePictures";
import { OutputRow } from "./OutputRow";
import { ProblemText } from "./ProblemText";
import { useProblemsOf } from "./useProblems";
import { OutputValue } from "./values/OutputValue";
import { EnterButton } from "./widgets/BodyField";

/** A node on the canvas: its ports, its widgets, and what became of it in the last run. */
export const NodeCard = memo(function NodeCard({ id, selected, height }: NodeProps) {
  const node = useEditor((state) => state.document.nodes[id]);
  const place = useEditor((state) => placeOf(state.document, id));
  const schema = useSchema(id);
  const problems = useProblemsOf(id);
  const run = useNodeRun(id);
  const detail = useDetail();
  const [isUsed, setIsUsed] = useState(false);
  // A card that wasn't measured yet is drawn in full first, and one that has the focus stays so: it would lose it.
  const mayWait = height !== undefined && !isUsed;
  const isTurn = useTurn(detail === "all" && mayWait);
  const isFar = (detail !== "all" || !isTurn) && mayWait;
  useMeasuredInFull(id, !isFar);
  const isAwaited = useNaming(({ writing }) => writing === id) && !isFar && height !== undefined;
  useLayoutEffect(() => {
    if (!isAwaited) return;
    firstField(id)?.focus();
    useNaming.getState().write(null);
  }, [id, isAwaited]);
  if (!node) return null;
  const mode = node.mode ?? "run";
  const own = problems.filter((problem) => problem.input === null);
  const classes = ["card", detail === "all" ? "near" : "", mode, run?.state ?? "", selected ? "selected" : "", problems.length > 0 ? "faulty" : ""];
  const full = (
    <>
      <CardHeader name={id} title={place?.title ?? id} type={node.type} schema={schema} />
      {run?.state === "running" && run.total ? (
        <progress className="card-progress" value={run.step} max={run.total} aria-label={text.node.running} />
      ) : null}
      {own.map((problem) => (
        <ProblemText key={problem.message} problem={problem} />
      ))}
      {schema === undefined ? <UnknownBody name={id} type={node.type} /> : null}
      {schema && !place?.collapsed ? (
        <div className="card-body">
          <Outputs name={id} outputs={schema.outputs} run={run} />
          <Inputs name={id} node={node} schema={schema} open={place?.open ?? false} problems={problems} />
        </div>
      ) : null}
      {schema && place?.collapsed ? <CollapsedPorts schema={schema} name={id} /> : null}
      {place?.collapsed ? null : <NodePictures node={id} />}
    </>
  );
  return (
    <article
      className={classes.join(" ")}
      aria-label={`${place?.title ?? id}, ${words(node.type)}`}
      onFocus={() => setIsUsed(true)}
      onBlur={({ currentTarget, relatedTarget }) => setIsUsed(currentTarget.contains(relatedTarget))}
      {...tint(place?.colour)}
    >
      {selected && !isFar ? <CardWidth node={id} /> : null}
      {isFar ? <FarCard name={id} node={node} place={place} schema={schema} bare={detail !== "far"} /> : full}
    </article>
  );
});

function CardHeader(props: { name: string; title: string; type: string; schema: NodeSchema | undefined }) {
  const { name, title, type, schema } = props;
  const store = useEditorStore();
  const collapsed = useEditor((state) => placeOf(state.document, name)?.collapsed ?? false);
  return (
    <header className="card-header" title={schema ? summary(schema) : undefined} onDoubleClick={() => (schema?.category === CATEGORY ? enter(name) : usePage.getState().show("rename"))}>
      <button
        type="button"
        className="nodrag bare collapse"
        aria-expanded={!collapsed}
        aria-label={text.actions.collapse}
        onClick={() =>
          store
            .getState()
            .edit(text.actions.collapse, (document) =>
              restyle(document, [name], { collapsed: collapsed ? undefined : true }),
            )
        }
      >
        <Icon name={collapsed ? "right" : "down"} />
      </button>
      <span className="card-title">{words(title)}</span>
      {words(title) === words(type) ? null : <span className="card-type">{words(type)}</span>}
      {schema?.deprecated ? <span className="tag">{text.node.deprecated}</span> : null}
      {schema?.category === CATEGORY ? <EnterButton node={name} subgraph={type} /> : null}
      <NodeBadge node={name} />
    </header>
  );
}

/** The outputs, with what they gave in the last run. */
function Outputs({ name, outputs, run }: { name: string; outputs: readonly OutputSchema[]; run: NodeRun | null }) {
  return outputs.map((output) => {
    const value = run?.values?.[output.name];
    return (
      <OutputRow key={output.name} output={output}>
        {value === undefined ? null : <OutputValue node={name} output={output.name} value={value} cut={run?.cut?.[output.name] ?? null} />}
      </OutputRow>
    );
  });
}

interface InputsProps {
  name: string;
  node: DocumentNode;
  schema: NodeSchema;
  open: boolean;
  problems: readonly Problem[];
}

function Inputs({ name, node, schema, open, problems }: InputsProps) {
  const store = useEditorStore();
  const rows = inputRows(schema, node);
  const { shown, more } = split(rows, node);
  const line = (row: Row) => (
    <InputRow key={row.key} node={name} row={row} problem={problems.find(({ input }) => input === row.key)} />
  );
  const toggle = () =>
    store
      .getState()
      .edit(text.actions.collapse, (document) => restyle(document, [name], { open: open ? undefined : true }));
  return (
    <>
      {(open ? rows : shown).map(line) /* in their own order, so that none moves away while its value is dragged */}
      {more.length > 0 ? (
        <button type="button" className="nodrag bare more" aria-expanded={open} onClick={toggle}>
          <Icon name={open ? "down" : "right"} /> {open ? text.node.fewer : text.node.more(more.length)}
        </button>
      ) : null}
    </>
  );
}

/** A node whose type this server doesn't have: kept as it is, with its links. */
function UnknownBody({ name, type }: { name: string; type: string }) {
  const node = useEditor((state) => state.document.nodes[name]);
  const loaded = useCatalogue((state) => state.loaded);
  const document = useEditor((state) => state.document);
  if (!loaded || !node) return null;
  const read = new Set<string>();
  for (const { inputs } of Object.values(document.nodes)) {
    for (const value of Object.values(inputs)) {
      const from = (value as { from?: string } | null)?.from;
      if (typeof from === "string" && from.startsWith(`${name}.`)) read.add(from.slice(name.length + 1));
    }
  }
  return (
    <div className="card-body">
      {[...read].map((output) => (
        <OutputRow key={output} output={{ name: output, type: "Any", types: ["Any"], supertypes: {}, tooltip: "" }} />
      ))}
      {Object.keys(node.inputs).map((input) => (
        <InputRow key={input} node={name} row={{ key: input, label: input, schema: null, open: false }} />
      ))}
      <div className="row unknown">
        <p className="hint">{text.node.unknown(type)}</p>
        <button type="button" className="nodrag" onClick={() => void lookForPlugins()}>
          {text.plugins.look}
        </button>
      </div>
    </div>
  );
}

function CollapsedPorts({ schema, name }: { schema: NodeSchema; name: string }) {
  const node = useEditor((state) => state.document.nodes[name]);
  if (!node) return null;
  return (
    <div className="card-collapsed">
      {inputRows(schema, node).map((row) => (
        <InputRow key={row.key} node={name} row={row} bare />
      ))}
      {schema.outputs.map((output) => (
        <OutputRow key={output.name} output={output} bare />
      ))}
    </div>
  );
}
