import "../page";
import { expect, test, vi } from "vitest";
import { emptyDocument } from "../../src/core/document";
import { useChecks } from "../../src/state/checks";
import { saveAs } from "../../src/state/commands/documents";
import { usePage } from "../../src/state/page";
import { useSaving } from "../../src/state/saving";
import { newTab, useTabs } from "../../src/state/tabs";

function answering(status: number): void {
  const found = { version: 7, document: { ...emptyDocument("theirs") }, error: { kind: "conflict", message: "taken" } };
  vi.stubGlobal("fetch", async (_path: string, { method }: { method: string }) => {
    return new Response(JSON.stringify(found), { status: method === "PUT" ? status : 200, headers: { "Content-Type": "application/json" } });
  });
}

test("a name that another workflow has leaves this one as it was; that somebody saved this one is a conflict", async () => {
  const tab = newTab(emptyDocument("w"), { name: "mine", version: 1 });
  useTabs.setState({ tabs: [tab], active: tab.id });
  answering(409);
  expect(await saveAs("other")).toBe("taken");
  expect(useSaving.getState().tabs[tab.id]).toBeUndefined();
  expect(await saveAs("mine")).toBe("taken");
  expect(useSaving.getState().tabs[tab.id]).toEqual({ state: "conflict" });
  answering(200);
  expect(await saveAs("mine", 6)).toBe("saved");
  expect(tab.editor.getState().savedAs).toEqual({ name: "mine", version: 7 });
  expect(useSaving.getState().tabs[tab.id]?.state).toBe("saved");
});

test("a name that no workflow can have changes nothing", async () => {
  const tab = newTab({ ...emptyDocument(""), nodes: { a: { type: "t", inputs: {} } } });
  useTabs.setState({ tabs: [tab], active: tab.id });
  const before = tab.editor.getState().whole;
  answering(422);
  expect(await saveAs("a/b")).toBe("failed");
  expect(tab.editor.getState().whole).toEqual(before);
  expect(tab.editor.getState().savedAs).toBeNull();
  expect(useSaving.getState().tabs[tab.id]).toBeUndefined();
  expect(useChecks.getState().problems[tab.id]).toBeUndefined();
  expect(usePage.getState().notices.at(-1)?.text).toBe("taken");
});
