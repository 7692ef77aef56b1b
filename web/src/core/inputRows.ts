import type { DocumentNode } from "./document";
import type { InputSchema, NodeSchema } from "./schema";

/** A row of a card: an input as the document names it. `open`: one more of many, which nothing is linked to yet. */
export interface Row {
  readonly key: string;
  readonly label: string;
  readonly schema: InputSchema | null;
  readonly open: boolean;
}

/** Nodes with no more inputs than this show them all. */
const FEW = 4;

/** Which rows a card shows first: what is needed or was chosen; the others are a click away. */
export function split(rows: readonly Row[], node: DocumentNode): { shown: Row[]; more: Row[] } {
  if (rows.length <= FEW) return { shown: [...rows], more: [] };
  const first = (row: Row) => row.schema === null || row.schema.required || row.key in node.inputs || row.schema.literal === null || row.schema.literal.widget === "multiline";
  return { shown: rows.filter(first), more: rows.filter((row) => !first(row)) };
}

/** The rows of a node: each input, and of an input of many those that there are and room for one more. */
export function inputRows(schema: NodeSchema, node: DocumentNode): Row[] {
  const rows: Row[] = [];
  for (const input of schema.inputs) {
    if (input.many === "") {
      rows.push({ key: input.name, label: input.name, schema: input, open: false });
      continue;
    }
    const own = Object.keys(node.inputs).filter((key) => belongs(key, input, schema));
    for (const key of own) rows.push({ key, label: key, schema: input, open: false });
    rows.push({ key: input.name, label: input.name, schema: input, open: true });
  }
  return rows;
}

function belongs(key: string, input: InputSchema, schema: NodeSchema): boolean {
  if (key.startsWith(`${input.name}.`)) return true;
  return input.many === "named" && !key.includes(".") && !schema.inputs.some((each) => each.name === key);
}
