import "../../styles/subgraphs.css";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, useMemo } from "react";
import { portColour } from "../../core/colours";
import { type InputSchema, type OutputSchema, words } from "../../core/schema";
import { schemaAt } from "../../core/subgraphs/border";
import { INPUTS_CARD, nameOfCard, ONE_MORE } from "../../core/subgraphs/cards";
import { colourType } from "../../core/types";
import { useEditor } from "../../state/context";
import { type Side, usePorts } from "../../state/ports";
import { useSchemas } from "../../state/schemas";
import { text } from "../../text";
import { Icon } from "../Icon";

/** What the subgraph in front takes, or what it gives: a port for each, and one more to draw to or from. */
export const BorderCard = memo(function BorderCard({ id, selected }: NodeProps) {
  const document = useEditor((state) => state.document);
  const schemas = useSchemas();
  const schema = useMemo(() => schemaAt(schemas, document, id), [schemas, document, id]);
  const side: Side = id === INPUTS_CARD ? "inputs" : "outputs";
  const ports = (side === "inputs" ? schema?.outputs : schema?.inputs) ?? [];
  return (
    <article className={`card border ${side} ${selected ? "selected" : ""}`} aria-label={schema?.description}>
      <header className="card-header">
        <span className="card-title">{nameOfCard(id)}</span>
      </header>
      <div className="card-body">
        {ports.map((port) => (
          <PortRow key={port.name} side={side} port={port} />
        ))}
      </div>
    </article>
  );
});

function PortRow({ side, port }: { side: Side; port: InputSchema | OutputSchema }) {
  const { name, type, types } = port;
  const change = usePorts((state) => state.change);
  const isNew = name === ONE_MORE;
  const hint = side === "inputs" ? text.subgraphs.oneMoreInput : text.subgraphs.oneMoreOutput;
  return (
    <div className={`row ${side === "inputs" ? "output" : "input"} ${isNew ? "one-more" : ""}`} title={isNew ? hint : type}>
      {isNew ? (
        <span className="row-name">{hint}</span>
      ) : (
        <button
          type="button"
          className="nodrag bare port-name"
          title={text.subgraphs.editPort(words(name))}
          onClick={() => change({ side, name })}
        >
          <span className="row-name">{words(name)}</span> <span className="row-type">{type}</span>
        </button>
      )}
      <Handle
        type={side === "inputs" ? "source" : "target"}
        position={side === "inputs" ? Position.Right : Position.Left}
        id={name}
        className={`port ${isNew ? "missing" : ""} ${types.some((each) => each.startsWith("list[")) ? "list" : ""}`}
        style={{ ["--port" as string]: portColour(colourType(types)) }}
        title={isNew ? hint : `${name}: ${type}`}
      >
        {isNew ? <Icon name="plus" /> : null}
      </Handle>
    </div>
  );
}
