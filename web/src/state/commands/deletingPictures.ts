/** Pictures that are deleted: hidden at once, and gone for good only when nobody took it back for a while. */
import { ApiError } from "../../api/http";
import { deletePicture } from "../../api/running";
import type { Artifact } from "../../api/server";
import { text } from "../../text";
import { useGallery } from "../gallery";
import { usePage } from "../page";
import { report } from "./report";

const SECONDS_TO_UNDO = 10;
const words = text.running.gallery;

let waiting: readonly Artifact[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let notice: number | undefined;

/** Hide pictures, and delete them unless that is undone; all that were hidden meanwhile come back together. */
export function deletePictures(pictures: readonly Artifact[]): void {
  if (pictures.length === 0) return;
  useGallery.getState().hide(pictures);
  end();
  waiting = [...waiting, ...pictures];
  notice = usePage.getState().notify(words.deleted(waiting.length), false, { label: words.undo, act: undo });
  timer = setTimeout(() => void deleteNow(), SECONDS_TO_UNDO * 1000);
}

function undo(): void {
  end();
  useGallery.getState().bringBack(waiting);
  waiting = [];
}

/** Delete what waits; what the server can't delete comes back, with the reason. */
async function deleteNow(): Promise<void> {
  end();
  const now = waiting;
  waiting = [];
  for (const picture of now) {
    try {
      await deletePicture(picture.id);
    } catch (error) {
      if (error instanceof ApiError && [404, 410].includes(error.status)) continue; // somebody else was quicker
      useGallery.getState().bringBack([picture]);
      report(error);
    }
  }
}

function end(): void {
  clearTimeout(timer);
  if (notice !== undefined) usePage.getState().dismiss(notice);
  notice = undefined;
}

window.addEventListener("pagehide", () => void deleteNow());
