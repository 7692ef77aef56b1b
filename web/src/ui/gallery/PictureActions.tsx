import { useState } from "react";
import { archiveOf } from "../../api/running";
import { type Artifact, fileOf } from "../../api/server";
import { deletePictures } from "../../state/commands/deletingPictures";
import { openRun } from "../../state/commands/documents";
import { deleteRun, showOnCanvas } from "../../state/commands/runList";
import { type Beginning, sendHere, sendTo } from "../../state/commands/sending";
import { useGallery } from "../../state/gallery";
import { text } from "../../text";

const words = text.running.gallery;
const BEGINNINGS: readonly Beginning[] = ["image_to_image", "inpaint", "upscale"];

/** What can be done with a picture. */
export function PictureActions({ picture }: { picture: Artifact }) {
  const close = () => useGallery.getState().view(null);
  const [sure, setSure] = useState(false);
  return (
    <>
      <h3>{words.goOn}</h3>
      <div className="viewer-actions">
        {BEGINNINGS.map((template) => (
          <button key={template} type="button" onClick={() => void sendTo(template, picture)}>
            {words.send[template]}
          </button>
        ))}
        <button type="button" onClick={() => void sendHere(picture)}>
          {words.sendHere}
        </button>
      </div>
      <div className="viewer-actions">
        <button
          type="button"
          onClick={() => {
            close();
            void openRun(picture.run);
          }}
        >
          {text.panel.openWorkflow}
        </button>
        <button
          type="button"
          onClick={() => {
            close();
            void showOnCanvas(picture.run);
          }}
        >
          {words.show}
        </button>
        <a className="button" href={`${fileOf(picture.id)}?download=true`} download>
          {text.panel.downloadPicture}
        </a>
        <a className="button" href={archiveOf(picture.run)} download>
          {words.archive}
        </a>
        <button type="button" onClick={() => deletePictures([picture])}>
          {words.deletePicture}
        </button>
        {sure ? (
          <button type="button" className="danger" onClick={() => void deleteRun(picture.run)}>
            {words.removeSure}
          </button>
        ) : (
          <button type="button" onClick={() => setSure(true)}>
            {words.remove}
          </button>
        )}
      </div>
      {sure ? (
        <p className="hint" role="alert">
          {words.removeHint}
        </p>
      ) : null}
    </>
  );
}
