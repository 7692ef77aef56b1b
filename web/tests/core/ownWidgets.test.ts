import { describe, expect, it } from "vitest";
import type { Host } from "../../plugin-widgets";
import { copied, isFrom, made, pluginAddress, within } from "../../src/core/ownWidgets";

const host = {} as Host;
const widget = { mount() {} };

describe("a module of a plugin's widgets", () => {
  it("makes the widget of that name", () => {
    expect(made({ default: { version: 1, widgets: { a: () => widget } } }, "a", host)).toBe(widget);
  });

  it.each([
    [{}, "no default export"],
    [{ default: { version: 2, widgets: { a: () => widget } } }, "written for version 2 of widgets, this editor knows version 1"],
    [{ default: { version: 1, widgets: { b: () => widget } } }, "no function widgets.a"],
    [{ default: { version: 1 } }, "no function widgets.a"],
    [{ default: { version: 1, widgets: { a: () => ({}) } } }, "no object with a function mount"],
    [{ default: { version: 1, widgets: { a: () => undefined } } }, "no object with a function mount"],
  ])("says what it lacks: %o", (module, complaint) => {
    expect(() => made(module, "a", host)).toThrow(complaint);
  });
});

it("gives widgets copies, and takes nothing that is no JSON", () => {
  const value = [[0, 1], { a: 2n ** 60n }];
  expect(copied(value)).toEqual(value);
  expect(copied(value)).not.toBe(value);
  expect(() => copied(undefined)).toThrow("no JSON");
  expect(() => copied(() => 1)).toThrow("no JSON");
});

it("knows a widget's code by its address", () => {
  expect(pluginAddress("paint box", "a.js")).toBe("/api/plugins/paint%20box/web/a.js");
  const stack = "at http://h:1/api/plugins/paint%20box/web/_part.js:1:2\n at http://h:1/api/plugins/paint%20box/web/a.js:3:4";
  expect(isFrom("paint box", "a", stack)).toBe(true);
  expect(isFrom("paint box", "b", stack)).toBe(false);
  expect(isFrom("paint", "a", stack)).toBe(false);
  expect(isFrom("paint", "a", undefined)).toBe(false);
});

it("doesn't wait for ever", async () => {
  await expect(within(new Promise(() => {}), 1, "too late")).rejects.toThrow("too late");
  await expect(within(Promise.resolve(7), 10_000, "too late")).resolves.toBe(7);
});
