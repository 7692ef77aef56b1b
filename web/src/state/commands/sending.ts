/** A picture that was made as the beginning of another workflow. */
import { uploadAddress } from "../../api/pictures";
import { type Artifact, documentOfRun, fileOf, readWorkflow, upload } from "../../api/server";
import { readDocument, type WorkflowDocument } from "../../core/document";
import { setInput } from "../../core/edits";
import { nodeOf, startFrom } from "../../core/runs/startFrom";
import { text } from "../../text";
import { useGallery } from "../gallery";
import { paintMask } from "../painter";
import { activeEditor } from "../tabs";
import { open } from "./documents";
import { takeArtifact } from "./dropping";
import { report } from "./report";

/** The templates that begin with a picture. */
export type Beginning = "image_to_image" | "inpaint" | "upscale";

/** Open a template that begins with a picture; for inpainting people then paint where it may change. */
export async function sendTo(template: Beginning, picture: Artifact): Promise<void> {
  try {
    const answer = await fetch(fileOf(picture.id), { credentials: "same-origin" });
    if (!answer.ok) throw new Error(text.canvas.pictureGone);
    const [{ name }, begun, made] = await Promise.all([answer.blob().then((file) => upload(file)), readWorkflow(template), madeBy(picture)]);
    const document = startFrom(readDocument(begun.document), name, made);
    useGallery.getState().view(null);
    open(document);
    if (template === "inpaint") await paintOn(name);
  } catch (error) {
    report(error);
  }
}

/** Load the picture in the workflow that is in front. */
export async function sendHere(picture: Artifact): Promise<void> {
  useGallery.getState().view(null);
  await takeArtifact(picture.id, null);
}

async function paintOn(picture: string): Promise<void> {
  const editor = activeEditor(); // another tab may come to the front while people paint
  const mask = await paintMask({ address: uploadAddress(picture), title: text.running.gallery.inpaintTitle });
  const loader = nodeOf(editor.getState().document, "load_mask");
  if (mask !== null && loader !== null) {
    editor.getState().edit(text.actions.set("mask"), (document) => setInput(document, loader, "mask", mask));
  }
}

/** The workflow that made it; null if it can't be read any more. */
async function madeBy({ run }: Artifact): Promise<WorkflowDocument | null> {
  try {
    return readDocument(await documentOfRun(run));
  } catch {
    return null;
  }
}
