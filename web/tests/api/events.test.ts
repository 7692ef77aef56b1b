import "../page";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { follow } from "../../src/api/events";

const sockets: FakeSocket[] = [];

class FakeSocket {
  onopen?: () => void;
  onclose?: () => void;
  onmessage?: (message: { data: string }) => void;
  constructor(readonly address: string) {
    sockets.push(this);
  }
  close() {}
  tell(...sequences: number[]) {
    this.onmessage?.({ data: JSON.stringify(sequences.map((sequence) => ({ sequence, run: "r", event: "state" }))) });
  }
}

const heard: number[] = [];
const said: string[] = [];
const listeners = {
  events: (batch: readonly { sequence: number }[]) => void heard.push(...batch.map(({ sequence }) => sequence)),
  preview: () => {},
  connected: (yes: boolean) => void said.push(yes ? "there" : "away"),
  restarted: () => void said.push("anew"),
};
const newest = () => sockets.at(-1) as FakeSocket;
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  sockets.length = heard.length = said.length = 0;
  stop = follow(null, listeners);
  newest().onopen?.();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

test("a socket that broke is opened again after the last event that came", () => {
  newest().tell(4, 7);
  newest().onclose?.();
  vi.advanceTimersByTime(500);
  expect(sockets).toHaveLength(2);
  expect(newest().address).toMatch(/since=7$/);
  newest().onopen?.();
  newest().tell(8);
  expect(heard).toEqual([4, 7, 8]);
  expect(said).toEqual(["there", "away", "there"]);
});

test("pauses grow while nobody answers, and the network's return ends them", () => {
  for (const pause of [500, 1000, 2000]) {
    newest().onclose?.();
    vi.advanceTimersByTime(pause - 1);
    const before = sockets.length;
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(before + 1);
  }
  newest().onclose?.();
  const before = sockets.length;
  window.dispatchEvent(new Event("online"));
  expect(sockets).toHaveLength(before + 1);
  vi.advanceTimersByTime(60_000);
  expect(sockets).toHaveLength(before + 1);
});

test("a server whose numbers begin anew is said to have forgotten what it told", () => {
  newest().tell(900);
  newest().onclose?.();
  vi.advanceTimersByTime(500);
  newest().onopen?.();
  newest().tell(1, 2);
  newest().tell(3);
  expect(heard).toEqual([900, 1, 2, 3]);
  expect(said.filter((each) => each === "anew")).toHaveLength(1);
});

test("after the end nothing is opened any more", () => {
  newest().onclose?.();
  stop();
  vi.advanceTimersByTime(60_000);
  expect(sockets).toHaveLength(1);
});
