import "../page";
import { beforeEach, expect, test, vi } from "vitest";
import { emptyDocument, type WorkflowDocument } from "../../src/core/document";
import { moveNodes, setInput } from "../../src/core/edits";

const asked: string[] = [];
let number = 0;

vi.mock("../../src/api/server", async (original) => ({
  ...(await original<object>()),
  submit: async (document: WorkflowDocument) => {
    asked.push(`run ${JSON.stringify(document.nodes["a"]!.inputs["v"])}`);
    number++;
    return { id: `r${number}`, sequence: number, state: "queued", transitions: [{}], artifacts: [], error: null };
  },
  cancel: async (id: string) => void asked.push(`cancel ${id}`),
  readRun: () => new Promise(() => {}),
}));
vi.mock("../../src/api/running", () => ({
  eventsOfRun: () => new Promise(() => {}),
  pageOfRuns: async () => ({ runs: [], next: null }),
  readQueue: async () => ({ state: { paused: false, queued: 0, running: [] }, waiting: [] }),
}));

const { useRuns } = await import("../../src/state/runs");
const { useRunSettings } = await import("../../src/state/runSettings");
const { changed } = await import("../../src/state/runOnChange");
const { useTabs } = await import("../../src/state/tabs");

const document = { ...emptyDocument(), nodes: { a: { type: "t", inputs: { v: 1 } } } };
const wait = () => vi.advanceTimersByTimeAsync(700);

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  useRuns.setState({ connected: true, runs: [], shown: {}, coming: {}, ran: {}, views: {} });
  useRunSettings.setState({ onChange: {} });
});

test("a change runs once nothing more changes, and lets go of the run before it", async () => {
  const tab = useTabs.getState().open(document);
  const set = (value: number) => {
    tab.editor.getState().edit("set", (before) => setInput(before, "a", "v", value));
    changed(tab);
  };
  set(2);
  await wait();
  expect(asked).toEqual([]); // it isn't switched on
  useRunSettings.getState().toggleOnChange(tab.id);
  set(3);
  await vi.advanceTimersByTimeAsync(300);
  set(4);
  await wait();
  expect(asked).toEqual(["run 4"]);
  const first = useRuns.getState().shown[tab.id];
  set(5);
  await wait();
  expect(asked).toEqual(["run 4", `cancel ${first}`, "run 5"]);
});

test("what ran last isn't run again for having been moved", async () => {
  const tab = useTabs.getState().open(document);
  useRunSettings.getState().toggleOnChange(tab.id);
  changed(tab);
  await wait();
  tab.editor.getState().edit("move", (before) => moveNodes(before, { a: { x: 9, y: 9 } }));
  changed(tab);
  await wait();
  expect(asked).toEqual(["run 1"]);
});
