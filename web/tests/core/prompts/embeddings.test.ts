import { describe, expect, it } from "vitest";
import { completed, completionAt, namesOfFiles, nameOf, written } from "../../../src/core/embeddings";
import { embeddingsIn, readPrompt } from "../../../src/core/promptSyntax";

const NAMES = ["night", "nightmare", "light/day", "my style", "v1."];

/** What is offered at the bar. */
function offered(marked: string): readonly string[] {
  return completionAt(marked.replace("|", ""), marked.indexOf("|"), NAMES)?.names ?? [];
}

/** The prompt, with a bar at the cursor, once a name was taken at the bar. */
function take(marked: string, name: string): string {
  const prompt = marked.replace("|", "");
  const found = completionAt(prompt, marked.indexOf("|"), NAMES);
  if (!found) throw new Error("nothing is offered");
  const { text, at } = completed(prompt, found, name);
  return `${text.slice(0, at)}|${text.slice(at)}`;
}

describe("embeddings in a prompt", () => {
  it.each([
    ["a embedding:night sky", ["night"]],
    ["(embedding:night:1.2)", ["night"]],
    ["[embedding:night|embedding:light/day-2.v1]", ["night", "light/day-2.v1"]],
    ["embedding:night, embedding:day,embedding:dusk.", ["night", "day", "dusk"]],
    ["the embedding:.night...", [".night"]],
    ["embedding:my\\ night\\,\\ it\\'s \\(new\\)", ["my night, it's"]],
    ["embedding:night\\(1\\)", ["night(1)"]],
    ["(embedding:1.3) [embedding:0.5] [embedding: night:2]", []],
    ["embedding\\:night Embedding:night my-embedding:night embedding: night", []],
  ])("%s", (prompt, names) => {
    expect(embeddingsIn(prompt)).toEqual(names);
  });

  it("are told from those that aren't there", () => {
    const { parts } = readPrompt("(embedding:night:1.2), embedding:nigth", (name) => name === "night");
    const meant = parts.filter(({ meaning }) => meaning === "embedding" || meaning === "unknown");
    expect(meant.map(({ start, meaning }) => [start, meaning])).toEqual([
      [1, "embedding"],
      [23, "unknown"],
    ]);
  });

  it("have the names of their files, without endings, each once", () => {
    expect(namesOfFiles(["night.pt", "night.safetensors", "light/day.v2.bin"])).toEqual(["night", "light/day.v2"]);
  });

  it.each(["night", "my style, (new)", "a[b]:c|d\\e", "v1.", "why?!", ".hidden", "été"])("is written so that it is read: %s", (name) => {
    expect(embeddingsIn(`a ${written(name)}, b`)).toEqual([name]);
    expect(nameOf(written(name))).toBe(name);
  });
});

describe("what is offered", () => {
  it.each<[string, readonly string[]]>([
    ["embedding:|", NAMES],
    ["a red (embedding:|", NAMES],
    ["embedding:ni|", ["night", "nightmare"]],
    ["embedding:NIGHTm|", ["nightmare"]],
    ["embedding:day|", ["light/day"]],
    ["embedding:my\\ s|", ["my style"]],
    ["embedding:zzz|", []],
    ["emb|", NAMES],
    ["a Embedd|", NAMES],
    ["em|", []],
    ["a ni|", ["night", "nightmare"]],
    ["(da|", ["light/day"]],
    ["sty|", ["my style"]],
    ["a n|", []],
    ["a fini|", []],
    ["a ni|ce", []],
    ["embedding:nightmare|", []],
    ["my-embedding:ni|", ["night", "nightmare"]], // as any word behind a colon
    ["|", []],
  ])("%s", (marked, names) => {
    expect(offered(marked)).toEqual(names);
  });

  it("is sure where an embedding was begun, and not where it may be a word", () => {
    expect(completionAt("emb", 3, NAMES)?.sure).toBe(true);
    expect(completionAt("embedding:n", 11, NAMES)?.sure).toBe(true);
    expect(completionAt("ni", 2, NAMES)?.sure).toBe(false);
  });

  it.each([
    ["a emb|", "night", "a embedding:night|"],
    ["(ni|:1.2)", "night", "(embedding:night|:1.2)"],
    ["(embedding:ni|:1.2)", "night", "(embedding:night|:1.2)"],
    ["embedding:ni|ghtly, red", "night", "embedding:night|, red"],
    ["embedding:| red", "light/day", "embedding:light/day| red"],
    ["embedding:|red", "night", "embedding:night|red"],
    ["a sty|, b", "my style", "a embedding:my\\ style|, b"],
  ])("%s becomes, with %s, %s", (before, name, after) => {
    expect(take(before, name)).toBe(after);
  });
});
