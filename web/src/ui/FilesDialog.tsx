import { useEffect, useRef, useState } from "react";
import { listWorkflows, type WorkflowRecord } from "../api/server";
import { openFile, openSaved } from "../state/commands/documents";
import { report } from "../state/commands/report";
import { usePage } from "../state/page";
import { text } from "../text";
import { Popup } from "./Popup";

/** Opens a workflow: a template, a saved one, or a file of this computer. */
export function FilesDialog() {
  const open = usePage((state) => state.dialog === "files");
  const show = usePage((state) => state.show);
  return (
    <Popup title={text.files.open} open={open} close={() => show(null)} wide>
      {open ? <Files close={() => show(null)} /> : null}
    </Popup>
  );
}

function Files({ close }: { close(): void }) {
  const [found, setFound] = useState<readonly WorkflowRecord[] | null>(null);
  const file = useRef<HTMLInputElement>(null);
  useEffect(() => {
    listWorkflows().then(setFound, report);
  }, []);
  if (found === null) return <p className="hint">{text.loading}</p>;
  const choose = (name: string) => {
    void openSaved(name);
    close();
  };
  return (
    <div className="files">
      <Section title={text.files.saved} records={found.filter(({ version }) => version > 0)} choose={choose} />
      <Section title={text.files.templates} records={found.filter(({ version }) => version === 0)} choose={choose} />
      <button type="button" onClick={() => file.current?.click()}>
        {text.files.file}
      </button>
      <input
        ref={file}
        type="file"
        accept=".json,application/json,image/png"
        hidden
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) void openFile(chosen);
          close();
        }}
      />
    </div>
  );
}

function Section(props: { title: string; records: readonly WorkflowRecord[]; choose(name: string): void }) {
  return (
    <section>
      <h3>{props.title}</h3>
      {props.records.length === 0 ? <p className="hint">{text.files.none}</p> : null}
      <ul>
        {props.records.map(({ name, title, version, parameters }) => (
          <li key={name}>
            <button type="button" className="file" onClick={() => props.choose(name)}>
              <strong>{title || name}</strong>
              <span>{version > 0 ? `${name}, v${version}` : name}</span>
              <span>{parameters.join(", ")}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
