import { useState } from "react";
import type { DocumentInput } from "../../core/document";
import { asTaken } from "../../core/exact";
import { type Json, NotJson, parseJson, writeJson } from "../../core/json";
import { declarationOf } from "../../core/subgraphs/ports";
import { literalOf } from "../../core/subgraphs/schema";
import { splitTypes } from "../../core/types";
import { useEditor } from "../../state/context";
import { usePage } from "../../state/page";
import { changePort, type Port, removePort, reorderPort, usePorts } from "../../state/ports";
import { useSchemas } from "../../state/schemas";
import { text } from "../../text";
import { Popup } from "../Popup";
import { NameField, PopupForm } from "../PopupForm";

/** Changes a port of the subgraph in front: its name, which uses follow, its order, and an input's type and default. */
export function PortDialog() {
  const open = usePage((state) => state.dialog === "port");
  const show = usePage((state) => state.show);
  const port = usePorts((state) => state.port);
  const there = useEditor((state) => port !== null && port.name in (state.document[port.side] ?? {}));
  const { titles } = text.subgraphs;
  return (
    <Popup title={port?.side === "outputs" ? titles.outputPort : titles.port} open={open && there} close={() => show(null)}>
      {open && there && port !== null ? <Fields key={`${port.side} ${port.name}`} port={port} done={() => show(null)} /> : null}
    </Popup>
  );
}

function Fields({ port, done }: { port: Port; done(): void }) {
  const { side } = port;
  const ports = useEditor((state) => state.document[side] ?? {});
  const declared = ports[port.name];
  const before = side === "inputs" && declared !== undefined ? declarationOf(declared) : null;
  const [name, setName] = useState(port.name);
  const [type, setType] = useState(before?.type ?? "");
  const [required, setRequired] = useState(before !== null && !("default" in before));
  const [value, setValue] = useState(() => (before && "default" in before ? shown(before.default ?? null) : ""));
  const names = Object.keys(ports);
  const wrong = whyNotNamed(name, port.name, names);
  const change = () => changePort(port, name, before === null ? null : declaration(type.trim() || "Any", required, value));
  const { subgraphs } = text;
  const index = names.indexOf(port.name);
  const others = (
    <>
      <button type="button" disabled={index <= 0} onClick={() => reorderPort(port, -1)}>
        {subgraphs.up}
      </button>
      <button type="button" disabled={index >= names.length - 1} onClick={() => reorderPort(port, 1)}>
        {subgraphs.down}
      </button>
      <button
        type="button"
        onClick={() => {
          removePort(port);
          done();
        }}
      >
        {subgraphs.removePort}
      </button>
    </>
  );
  return (
    <PopupForm wrong={wrong} act={change} done={done} others={others}>
      <NameField label={subgraphs.portName} name={name} wrong={wrong} change={setName} />
      {before === null ? null : (
        <>
          <label>
            {subgraphs.portType}
            <input type="text" list="port-types" value={type} onChange={(event) => setType(event.target.value)} />
          </label>
          <TypeNames />
          <label className="check">
            <input type="checkbox" checked={required} onChange={(event) => setRequired(event.target.checked)} />
            {subgraphs.required}
          </label>
          {required ? null : (
            <label>
              {subgraphs.default}
              <input type="text" value={value} onChange={(event) => setValue(event.target.value)} />
            </label>
          )}
        </>
      )}
    </PopupForm>
  );
}

/** The types that ports of the server's nodes have, to choose from. */
function TypeNames() {
  const schemas = useSchemas();
  const types = new Set([...schemas.values()].flatMap(({ inputs, outputs }) => [...inputs, ...outputs].flatMap((port) => port.types)));
  return (
    <datalist id="port-types">
      {[...types].filter((type) => !type.includes("~")).sort().map((type) => (
        <option key={type} value={type} />
      ))}
    </datalist>
  );
}

function declaration(type: string, required: boolean, typed: string): DocumentInput {
  if (required) return { type };
  const types = splitTypes(type);
  const isText = types.includes("str") && !types.some((name) => ["int", "float", "bool", "Any"].includes(name));
  return { type, default: isText && typed !== "" ? typed : asTaken(read(typed), literalOf(types)) };
}

/** What was typed: JSON, or a text without quotes; nothing is null. */
function read(typed: string): Json {
  if (typed.trim() === "") return null;
  try {
    return parseJson(typed);
  } catch (error) {
    if (error instanceof NotJson) return typed;
    throw error;
  }
}

function shown(value: Json): string {
  if (value === null) return "";
  return typeof value === "string" ? value : writeJson(value);
}

function whyNotNamed(name: string, before: string, names: readonly string[]): string | null {
  if (name === before) return null;
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return text.subgraphs.nameWrong;
  return names.includes(name) ? text.subgraphs.portTaken(name) : null;
}
