import "../page";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Artifact } from "../../src/api/server";

const deleted: number[] = [];
let refusal: Error | null = null;

vi.mock("../../src/api/running", () => ({
  searchPictures: async () => ({ artifacts: pictures(5, 4, 3, 2, 1), next: null }),
  deletePicture: async (id: number) => {
    if (refusal) throw refusal;
    deleted.push(id);
  },
}));

const { ApiError } = await import("../../src/api/http");
const { deletePictures } = await import("../../src/state/commands/deletingPictures");
const { useGallery } = await import("../../src/state/gallery");
const { usePage } = await import("../../src/state/page");

const pictures = (...ids: number[]) => ids.map((id) => ({ id }) as Artifact);
const shown = () => useGallery.getState().pictures.map(({ id }) => id);
const notices = () => usePage.getState().notices;
const undo = () => notices().at(-1)?.action?.act();
const later = () => vi.advanceTimersByTimeAsync(60_000);

beforeEach(async () => {
  vi.useFakeTimers();
  deleted.length = 0;
  refusal = null;
  useGallery.setState({ pictures: [], next: null, viewed: null, hidden: new Set() });
  await useGallery.getState().load();
});
afterEach(async () => {
  await later();
  vi.useRealTimers();
});

test("pictures go at once, and from the server only after a while", async () => {
  useGallery.setState({ viewed: pictures(4)[0] as Artifact });
  deletePictures(pictures(4, 2));
  expect(shown()).toEqual([5, 3, 1]);
  expect(useGallery.getState().viewed?.id).toBe(3);
  await useGallery.getState().load(); // the server still tells of them
  expect(shown()).toEqual([5, 3, 1]);
  expect(deleted).toEqual([]);
  await later();
  expect(deleted).toEqual([4, 2]);
  expect(notices()).toEqual([]);
});

test("undo brings back all that was hidden meanwhile, and nothing is deleted", async () => {
  deletePictures(pictures(4));
  deletePictures(pictures(2, 1));
  expect(notices().map(({ text }) => text)).toEqual(["3 pictures are deleted."]);
  undo();
  expect(shown()).toEqual([5, 4, 3, 2, 1]);
  await later();
  expect(deleted).toEqual([]);
});

test("when the page is left, it isn't waited for any longer", async () => {
  deletePictures(pictures(3));
  window.dispatchEvent(new Event("pagehide"));
  await vi.advanceTimersByTimeAsync(0);
  expect(deleted).toEqual([3]);
});

test("what the server refuses to delete comes back, with the reason; what is gone already stays away", async () => {
  refusal = new ApiError(507, "the disk is full");
  deletePictures(pictures(3));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(shown()).toEqual([5, 4, 3, 2, 1]);
  expect(notices().at(-1)?.text).toContain("the disk is full");
  refusal = new ApiError(410, "it was deleted");
  deletePictures(pictures(3));
  await later();
  expect(shown()).toEqual([5, 4, 2, 1]);
});
