import "../../styles/compare.css";
import { type KeyboardEvent, useEffect, useState } from "react";
import { listVersions, type WorkflowRecord } from "../../api/server";
import type { WorkflowDocument } from "../../core/document";
import { readVersion, restore } from "../../state/commands/conflicts";
import { openSaved } from "../../state/commands/documents";
import { report } from "../../state/commands/report";
import { useEditor } from "../../state/context";
import { text } from "../../text";
import { Differences } from "./Differences";

/** A list of versions, the newest first, and what a chosen one differs in from what is open. */
export function Versions({ name, close }: { name: string; close(): void }) {
  const [versions, setVersions] = useState<readonly WorkflowRecord[] | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const current = useEditor((state) => state.savedAs?.version);
  useEffect(() => {
    listVersions(name).then((found) => {
      setVersions(found);
      setChosen(found[1]?.version ?? found[0]?.version ?? null);
    }, report);
  }, [name]);
  if (versions === null) return <p className="hint">{text.loading}</p>;
  return (
    <div className="versions">
      <div role="listbox" aria-label={text.versions.list} className="versions-list" onKeyDown={onArrows}>
        {versions.map((record) => (
          <button
            key={record.version}
            type="button"
            role="option"
            aria-selected={record.version === chosen}
            tabIndex={record.version === chosen ? 0 : -1}
            onFocus={() => setChosen(record.version)}
            onClick={() => setChosen(record.version)}
          >
            <strong>{text.versions.version(record.version)}</strong>
            {record.version === current ? <span className="kind">{text.versions.current}</span> : null}
            {record.automatic ? <span className="kind">{text.versions.automatic}</span> : null}
            <span className="hint">{`${when(record)} · ${size(record)}`}</span>
          </button>
        ))}
      </div>
      {chosen === null ? null : <Preview key={chosen} name={name} version={chosen} newest={chosen === versions[0]?.version} close={close} />}
    </div>
  );
}

function Preview({ name, version, newest, close }: { name: string; version: number; newest: boolean; close(): void }) {
  const mine = useEditor((state) => state.whole);
  const [document, setDocument] = useState<WorkflowDocument | null>(null);
  useEffect(() => {
    let gone = false;
    readVersion(name, version).then((found) => gone || setDocument(found), report);
    return () => {
      gone = true;
    };
  }, [name, version]);
  return (
    <section className="versions-preview" aria-label={text.versions.preview}>
      <h3>{text.versions.back(version)}</h3>
      <div className="versions-differences">
        {document === null ? <p className="hint">{text.loading}</p> : <Differences before={mine} after={document} />}
      </div>
      <div className="popup-foot">
        <button
          type="button"
          disabled={newest}
          onClick={() => {
            void restore(name, version);
            close();
          }}
        >
          {text.versions.restore}
        </button>
        <button
          type="button"
          onClick={() => {
            void openSaved(name, version);
            close();
          }}
        >
          {text.versions.open}
        </button>
      </div>
    </section>
  );
}

/** Up and down go through the list. */
function onArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const options = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=option]")];
  options[options.indexOf(document.activeElement as HTMLElement) + step]?.focus();
  event.preventDefault();
}

function when({ saved_at }: WorkflowRecord): string {
  return saved_at === null ? "" : text.time.moment(saved_at);
}

function size({ size: bytes }: WorkflowRecord): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}
