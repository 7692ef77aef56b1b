import { describe, expect, test } from "vitest";
import { arranged } from "../../../src/core/arrange";
import { type Box, liesIn, overlaps, type Size } from "../../../src/core/boxes";
import { curvesThrough, hits } from "../../../src/core/curves";
import { linksOf, readDocument, type WorkflowDocument } from "../../../src/core/document";
import { addItem, boxOf, itemOf } from "../../../src/core/items";
import { parseJson } from "../../../src/core/json";
import { pointsOf } from "../../../src/core/routes";
import { box, graph } from "./graphs";

const USUAL_SIZES = new Map<string, Size>();

/** The links that run through a card that they don't belong to. */
function behind(document: WorkflowDocument, sizes: ReadonlyMap<string, Size>): string[] {
  const at = (name: string) => boxOf(document, name, sizes) as Box;
  return linksOf(document)
    .filter(({ to, input, from }) => {
      const [start, end] = [at(from.node), at(to)];
      const out = { x: start.x + start.width, y: start.y + start.height / 2 };
      const into = { x: end.x, y: end.y + end.height / 2 };
      const others = Object.keys(document.nodes).filter((name) => name !== to && name !== from.node);
      return hits(curvesThrough(out, pointsOf(document, to, input), into), others.map(at)).length > 0;
    })
    .map(({ to, input }) => `${to}.${input}`);
}

describe("the automatic layout", () => {
  test("takes a link around what lies between", async () => {
    const links = [["b", "in", "a"], ["c", "in", "b"], ["c", "other", "a"]] as const;
    const tidied = await arranged(graph({ a: [0, 0], b: [0, 0], c: [0, 0] }, links), USUAL_SIZES);
    expect(behind(tidied, USUAL_SIZES)).toEqual([]);
  });

  const templates = import.meta.glob<string>("../../../../workflows/*.json", { query: "?raw", import: "default", eager: true });
  test.each(Object.entries(templates))("has no two cards on one another and no link behind a card: %s", async (_, written) => {
    const document = readDocument(parseJson(written));
    const names = Object.keys(document.nodes);
    const sizes = new Map(names.map((node, index) => [node, { width: 260, height: 120 + ((index * 97) % 300) }]));
    const tidied = await arranged(document, sizes);
    const boxes = names.map((node) => boxOf(tidied, node, sizes) as Box);
    expect(boxes.filter((one, index) => boxes.slice(index + 1).some((other) => overlaps(one, other)))).toEqual([]);
    expect(behind(tidied, sizes)).toEqual([]);
    expect(await arranged(tidied, sizes)).toEqual(tidied);
  });

  test("keeps a group together and its frame around it", async () => {
    const places = { a: [0, 0], b: [400, 0], c: [800, 0], d: [400, 600] } as const;
    const nodes = graph(places, [["b", "in", "a"], ["c", "in", "b"], ["c", "other", "d"]]);
    const [grouped] = addItem(nodes, "group", { ...box(-30, -60, 800, 300), title: "both" });
    const tidied = await arranged(grouped, USUAL_SIZES);
    const frame = itemOf(tidied, "group/1") as Box;
    const at = (name: string) => boxOf(tidied, name, USUAL_SIZES) as Box;
    expect(["a", "b", "c", "d"].filter((name) => liesIn(at(name), frame))).toEqual(["a", "b"]);
    for (const name of ["c", "d"]) expect(overlaps(at(name), frame)).toBe(false);
    expect(itemOf(tidied, "group/1")?.title).toBe("both");
  });

  test("keeps a group in a group", async () => {
    const places = { a: [0, 0], b: [400, 0], c: [800, 0], d: [1200, 0] } as const;
    const nodes = graph(places, [["b", "in", "a"], ["c", "in", "b"], ["d", "in", "c"], ["d", "other", "a"]]);
    const [outer] = addItem(nodes, "group", box(-60, -90, 1160, 400));
    const [both] = addItem(outer, "group", box(380, -40, 320, 240));
    const tidied = await arranged(both, USUAL_SIZES);
    const [whole, inner] = ["group/1", "group/2"].map((key) => itemOf(tidied, key) as Box) as [Box, Box];
    const at = (name: string) => boxOf(tidied, name, USUAL_SIZES) as Box;
    expect(liesIn(inner, whole)).toBe(true);
    expect(["a", "b", "c", "d"].map((name) => [liesIn(at(name), whole), liesIn(at(name), inner)])).toEqual([
      [true, false], [true, true], [true, false], [false, false],
    ]);
    expect(overlaps(at("d"), whole)).toBe(false);
  });

  test("leaves what isn't chosen where it is", async () => {
    const document = graph({ a: [0, 0], b: [0, 0], c: [7, 9] }, [["b", "in", "a"]]);
    const tidied = await arranged(document, USUAL_SIZES, ["a", "b"]);
    expect(tidied.layout["c"]).toBe(document.layout["c"]);
    expect(tidied.layout["b"]).not.toEqual(document.layout["b"]);
  });
});
