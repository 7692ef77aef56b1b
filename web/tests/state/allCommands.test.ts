import "../page";
import { expect, test } from "vitest";
import { COMMANDS } from "../../src/state/commands/all";
import { text } from "../../src/text";

/** Those that are there more than once. */
const repeated = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

test("each has an id and, in the palette, a title of its own", () => {
  expect(repeated(COMMANDS.map(({ id }) => id))).toEqual([]);
  expect(repeated(COMMANDS.filter(({ hidden }) => !hidden).map(({ title }) => title))).toEqual([]);
});

test("keys mean one thing, in fields and out of them", () => {
  const taken = COMMANDS.flatMap(({ keys = [], where }) => keys.map((each) => `${where === "fields" ? "in fields: " : ""}${each}`));
  expect(repeated(taken)).toEqual([]);
});

test("other words are those of a command, which isn't called so already", () => {
  for (const [id, words] of Object.entries(text.commands.also)) {
    const command = COMMANDS.find((each) => each.id === id);
    expect(command?.also, id).toBe(words);
    expect(words.split(" ").filter((word) => command?.title.toLowerCase() === word), id).toEqual([]);
  }
});
