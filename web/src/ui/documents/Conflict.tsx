import "../../styles/compare.css";
import { useEffect, useState } from "react";
import { readWorkflow, type SavedWorkflow } from "../../api/server";
import { readDocument } from "../../core/document";
import { keepBoth, takeTheirs } from "../../state/commands/conflicts";
import { saveAs } from "../../state/commands/documents";
import { report } from "../../state/commands/report";
import { useEditor } from "../../state/context";
import { text } from "../../text";
import { Differences } from "./Differences";
import { SideBySide } from "./SideBySide";

interface Props {
  name: string;
  /** It isn't the name that the workflow has: it is taken by another one. */
  another: boolean;
  close(): void;
}

/** Somebody else saved the workflow meanwhile: what is different, and which of both shall be. */
export function Conflict({ name, another, close }: Props) {
  const mine = useEditor((state) => state.whole);
  const [theirs, setTheirs] = useState<SavedWorkflow | null>(null);
  const load = () => void readWorkflow(name).then(setTheirs, report);
  useEffect(load, [name]);
  if (theirs === null) return <p className="hint">{text.loading}</p>;
  const document = readDocument(theirs.document);
  const when = theirs.saved_at === null ? "" : text.time.moment(theirs.saved_at);
  const keepMine = async () => {
    const saved = await saveAs(name, theirs.version);
    if (saved === "saved") close();
    else if (saved === "taken") load(); // once more, by a third
  };
  return (
    <div className="conflict">
      <p role="alert">{another ? text.files.taken(name) : text.files.conflict(name)}</p>
      <h3>{text.compare.toTheirs(theirs.version, when)}</h3>
      <Differences before={mine} after={document} />
      <SideBySide names={[text.compare.mine, text.compare.theirs]} left={mine} right={document} />
      <div className="popup-foot">
        <button type="button" onClick={() => void keepMine()}>
          {text.files.mine}
        </button>
        <button
          type="button"
          onClick={() => {
            takeTheirs(document, { name, version: theirs.version });
            close();
          }}
        >
          {text.files.theirs}
        </button>
        <button type="button" onClick={() => void keepBoth(name).then((done) => done && close())}>
          {text.files.both}
        </button>
      </div>
    </div>
  );
}
