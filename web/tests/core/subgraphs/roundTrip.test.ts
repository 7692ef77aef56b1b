import { expect, test } from "vitest";
import { readDocument, type WorkflowDocument } from "../../../src/core/document";
import { parseJson } from "../../../src/core/json";
import { dissolve, dissolveRefusal } from "../../../src/core/subgraphs/dissolve";
import { extract, extractRefusal } from "../../../src/core/subgraphs/extract";
import { scopeAt } from "../../../src/core/subgraphs/nesting";
import { withSubgraphs } from "../../../src/core/subgraphs/schema";
import { removeSubgraph } from "../../../src/core/subgraphs/uses";
import { Chance } from "../../chance";
import { CATALOGUE } from "../../schemas";

const TEMPLATES = Object.entries(import.meta.glob<string>("../../../../workflows/*.json", { query: "?raw", import: "default", eager: true }));
const TRIES = 100;

const typesOf = (document: WorkflowDocument) => withSubgraphs(CATALOGUE, scopeAt(document, []));

test.each(TEMPLATES)("%s: whatever is put together and dissolved again is what there was", (file, text) => {
  const chance = new Chance(file.length);
  const document = readDocument(parseJson(text));
  let made = 0;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const names = chance.some(Object.keys(document.nodes), chance.next());
    if (extractRefusal(document, names) !== null) continue;
    const [together, use] = extract(document, names, "together", typesOf(document));
    expect(Object.keys(together.nodes)).toHaveLength(Object.keys(document.nodes).length - names.length + 1);
    expect(dissolveRefusal(together, use, scopeAt(together, []))).toBeNull();
    const [apart] = dissolve(together, use, scopeAt(together, []), typesOf(together));
    expect(removeSubgraph(apart, ["together"])).toEqual(document);
    made++;
  }
  expect(made).toBeGreaterThan(10);
});
