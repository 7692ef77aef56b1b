import "../page";
import { expect, test, vi } from "vitest";
import { emptyDocument } from "../../src/core/document";
import { saveAs } from "../../src/state/commands/documents";
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
  expect(await saveAs("other")).toBe(false);
  expect(useSaving.getState().tabs[tab.id]).toBeUndefined();
  expect(await saveAs("mine")).toBe(false);
  expect(useSaving.getState().tabs[tab.id]).toEqual({ state: "conflict" });
  answering(200);
  expect(await saveAs("mine", 6)).toBe(true);
  expect(tab.editor.getState().savedAs).toEqual({ name: "mine", version: 7 });
  expect(useSaving.getState().tabs[tab.id]?.state).toBe("saved");
});
