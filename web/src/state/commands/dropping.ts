import { Offline } from "../../api/http";
import { fileOf, upload } from "../../api/server";
import type { Point } from "../../core/boxes";
import { newCardSize } from "../../core/cardShape";
import { addNode } from "../../core/edits";
import { PICTURE_TYPES } from "../../core/pictureTypes";
import { words } from "../../core/schema";
import { carriesWorkflow } from "../../core/pngText";
import { text } from "../../text";
import { useCatalogue } from "../catalogue";
import type { EditorStore } from "../editor";
import { usePage } from "../page";
import { activeEditor } from "../tabs";
import { freeFor } from "./adding";
import { openFile } from "./documents";

const LOADER = "load_image";

/**
 * Take files in: a workflow, or a picture that carries one, opens; other pictures are uploaded, and each gets a node
 * that loads it, at this place of the graph that is in front now. `asPictures`: also those that carry a workflow.
 */
export async function takeFiles(files: readonly File[], at: Point | null, asPictures = false): Promise<void> {
  const editor = activeEditor();
  const pictures: File[] = [];
  for (const file of files) {
    if (file.type.startsWith("image/") && (asPictures || !(await carries(file)))) pictures.push(file);
    else await openFile(file);
  }
  const uploads = await Promise.all(pictures.map(uploaded));
  addLoaders(editor, uploads.filter((name) => name !== null), at);
}

/** The address of a picture of the server's: one that was dragged from the gallery. */
export function artifactIn(address: string): number | null {
  const found = /^(?:https?:\/\/[^/]+)?\/api\/artifacts\/(\d+)\/(?:file|thumbnail)/.exec(address.trim());
  const own = !/^https?:/.test(address) || address.startsWith(window.location.origin);
  return found && own ? Number(found[1]) : null;
}

/** Take in a picture that a run made. */
export async function takeArtifact(id: number, at: Point | null): Promise<void> {
  const editor = activeEditor();
  try {
    const answer = await fetch(fileOf(id), { credentials: "same-origin" });
    if (!answer.ok) throw new Error(text.canvas.pictureGone);
    const name = (await upload(await answer.blob())).name;
    addLoaders(editor, [name], at);
  } catch (error) {
    usePage.getState().notify(error instanceof TypeError ? text.connection.lost : (error as Error).message);
  }
}

async function carries(file: File): Promise<boolean> {
  return file.type === "image/png" && carriesWorkflow(new Uint8Array(await file.arrayBuffer()));
}

async function uploaded(file: File): Promise<string | null> {
  try {
    if (!PICTURE_TYPES.includes(file.type)) throw new Error(text.drawing.picture.wrongKind(file.type));
    return (await upload(file)).name;
  } catch (error) {
    const reason = error instanceof Offline ? text.connection.lost : (error as Error).message;
    usePage.getState().notify(text.files.notRead(file.name, reason));
    return null;
  }
}

/** One step of undo for all of them. */
function addLoaders(editor: EditorStore, pictures: readonly string[], at: Point | null): void {
  if (pictures.length === 0) return;
  const size = newCardSize(useCatalogue.getState().nodes.get(LOADER));
  const names: string[] = [];
  editor.getState().edit(text.actions.add(words(LOADER)), (document) => {
    let changed = document;
    for (const picture of pictures) {
      const [added, name] = addNode(changed, LOADER, freeFor(changed, size, at, new Map(names.map((name) => [name, size]))), { image: picture });
      changed = added;
      names.push(name);
    }
    return changed;
  });
  editor.getState().select(names);
}
