import { Handle, Position, useStoreApi } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";
import { portColour } from "../../core/colours";
import { type DocumentNode, type Place } from "../../core/document";
import { type NodeSchema, words } from "../../core/schema";
import { colourType } from "../../core/types";
import { enter } from "../../state/commands/entering";
import { NodePictures } from "../NodePictures";
import { useMeasure } from "./measuring";
import { type Port, shapeOf } from "../../core/cardShape";

interface Props {
  name: string;
  node: DocumentNode;
  place: Place | null;
  schema: NodeSchema | undefined;
  /** No ports either: every element that is placed by itself costs, and there are thousands. */
  bare: boolean;
}

/** What a card shows from afar: in the place and size that it has from near, its title, its ports, its pictures. */
export const FarCard = memo(function FarCard({ name, node, place, schema, bare }: Props) {
  const { ports, height } = useShape(name, node, place, schema, bare);
  return (
    <div className={bare ? "card-far card-bare" : "card-far"} style={{ height: height - 2 }}>
      <div className="card-header" onDoubleClick={() => enter(name)}>
        <span className="card-title">{words(place?.title ?? name)}</span>
      </div>
      {bare ? null : ports.map((port) => <LinkPort key={`${port.kind} ${port.id}`} port={port} />)}
      {bare ? null : <NodePictures node={name} />}
    </div>
  );
});

/** As it was measured when the card was drawn in full; else as the schema lets expect. */
function useShape(name: string, node: DocumentNode, place: Place | null, schema: NodeSchema | undefined, bare: boolean) {
  const flow = useStoreApi();
  const measure = useMeasure();
  const expected = shapeOf(node, place, schema);
  const internal = flow.getState().nodeLookup.get(name);
  const bounds = internal?.internals.handleBounds;
  const ports = expected.ports.map((port) => {
    const known = bounds?.[port.kind]?.find(({ id }) => id === port.id);
    return known ? { ...port, y: known.y + known.height / 2 } : port;
  });
  const key = ports.map(({ id }) => id).join(" ");
  const drawn = useRef(key);
  useEffect(() => {
    const isExpected = flow.getState().nodeLookup.get(name)?.handles !== undefined;
    if (drawn.current !== key && !isExpected && !bare) measure(name);
    if (!bare) drawn.current = key;
  }, [key, name, bare, measure, flow]);
  return { ports, height: internal?.measured.height ?? expected.height };
}

function look({ types, y }: Port) {
  return { top: y, ["--port" as string]: portColour(colourType(types)) };
}

function LinkPort({ port }: { port: Port }) {
  const source = port.kind === "source";
  return <Handle type={port.kind} position={source ? Position.Right : Position.Left} id={port.id} className="port" style={look(port)} title={port.id} />;
}
