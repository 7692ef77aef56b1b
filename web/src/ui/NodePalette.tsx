import { Command } from "cmdk";
import { useMemo, useState } from "react";
import { fittingPort } from "../core/linking";
import { type NodeSchema, summary, words } from "../core/schema";
import { score } from "../core/search";
import { add as addNode } from "../state/commands/adding";
import { isLinked, unlink } from "../state/commands/links";
import { useEditor } from "../state/context";
import { usePage } from "../state/page";
import { useSchemas } from "../state/schemas";
import { text } from "../text";
import { Popup } from "./Popup";
import { useBestOnTop } from "./useBestOnTop";

const MOST = 60;
/** No node type has such a name. */
const UNLINK = "/unlink";

/** Finds a node type and adds it: where the mouse was, linked with the port that was dragged from. */
export function NodePalette() {
  const adding = usePage((state) => state.palette);
  const close = usePage((state) => state.closePalette);
  return (
    <Popup title={adding?.port ? text.palette.fitting(words(adding.port.name)) : text.palette.title} open={adding !== null} close={close}>
      {adding === null ? null : <Choices />}
    </Popup>
  );
}

function Choices() {
  const adding = usePage((state) => state.palette);
  const close = usePage((state) => state.closePalette);
  const catalogue = useSchemas();
  const document = useEditor((state) => state.document);
  const inside = useEditor((state) => state.inside);
  const [typed, setTyped] = useState("");
  const list = useBestOnTop(typed);
  const port = adding?.port;

  const fitting = useMemo(
    () =>
      [...catalogue.values()]
        .filter(({ type }) => !inside.some(({ subgraph }) => subgraph === type)) // nothing contains itself
        .map((schema) => ({ schema, rank: port ? (fittingPort(document, catalogue, port, schema)?.rank ?? null) : 0 }))
        .filter((each) => each.rank !== null)
        .sort((a, b) => Number(a.rank) - Number(b.rank) || byCategory(a.schema, b.schema))
        .map(({ schema }) => schema),
    [catalogue, document, inside, port],
  );
  const found = useMemo(() => ranked(fitting, typed), [fitting, typed]);

  const end = port?.kind === "input" && typed.trim() === "" ? { node: port.node, input: port.name } : null;

  const add = (schema: NodeSchema) => {
    if (adding) addNode(schema, adding);
    close();
  };

  return (
    <Command label={text.palette.search} shouldFilter={false} loop className="palette">
      <Command.Input autoFocus value={typed} onValueChange={setTyped} placeholder={text.palette.search} />
      <Command.List ref={list}>
        <Command.Empty>{text.palette.none}</Command.Empty>
        {end !== null && isLinked(end) ? (
          <Command.Item
            value={UNLINK}
            onSelect={() => {
              unlink(end);
              close();
            }}
          >
            <span className="palette-name">{text.palette.unlink}</span>
          </Command.Item>
        ) : null}
        {found.map((schema) => (
          <Command.Item key={schema.type} value={schema.type} onSelect={() => add(schema)}>
            <span className="palette-name">{words(schema.type)}</span>
            <span className="palette-category">{schema.category}</span>
            <span className="palette-summary">{summary(schema)}</span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}

/** Those that what was typed fits, the best first; in their order where it fits as well, or nothing was typed. */
function ranked(schemas: readonly NodeSchema[], typed: string): NodeSchema[] {
  if (typed.trim() === "") return [...schemas];
  return schemas
    .map((schema) => ({ schema, fit: score(schema, typed) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .slice(0, MOST)
    .map(({ schema }) => schema);
}

function byCategory(a: NodeSchema, b: NodeSchema): number {
  return a.category.localeCompare(b.category) || a.type.localeCompare(b.type);
}
