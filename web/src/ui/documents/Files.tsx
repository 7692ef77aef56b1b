import "../../styles/files.css";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import type { WorkflowRecord } from "../../api/server";
import { inOrder, listed, type Order } from "../../core/library";
import { openFile, openSaved } from "../../state/commands/documents";
import { text } from "../../text";
import { FileActions } from "./FileActions";
import { Leftovers } from "./Leftovers";
import { useWorkflows } from "./useWorkflows";
import { WorkflowCard } from "./WorkflowCard";

/** All there is to open. Arrow keys go through it, from the field that filters it on. */
export function Files({ close }: { close(): void }) {
  const { records, reload } = useWorkflows();
  const [typed, setTyped] = useState("");
  const [order, setOrder] = useState<Order>("time");
  const file = useRef<HTMLInputElement>(null);
  if (records === null) return <p className="hint">{text.loading}</p>;
  const names = records.map(({ name }) => name);
  const saved = listed(records.filter(({ version }) => version > 0), typed, order);
  const templates = inOrder(listed(records.filter(({ version }) => version === 0), typed, "name"), Object.keys(text.templates));
  const choose = (name: string) => {
    void openSaved(name);
    close();
  };
  return (
    <div className="files" onKeyDown={onArrows}>
      <div className="files-tools">
        <input type="search" autoFocus placeholder={text.files.search} aria-label={text.files.search} value={typed} onChange={(event) => setTyped(event.target.value)} />
        <select aria-label={text.files.order} value={order} onChange={(event) => setOrder(event.target.value as Order)}>
          <option value="time">{text.files.byTime}</option>
          <option value="name">{text.files.byName}</option>
        </select>
        <button type="button" onClick={() => file.current?.click()}>
          {text.files.file}
        </button>
      </div>
      <Leftovers done={close} />
      <Section title={text.files.saved} records={saved} choose={choose}>
        {(record) => <FileActions record={record} taken={names} done={reload} close={close} />}
      </Section>
      <Section title={text.files.templates} records={templates} choose={choose} />
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

interface Props {
  title: string;
  records: readonly WorkflowRecord[];
  choose(name: string): void;
  children?(record: WorkflowRecord): ReactNode;
}

function Section({ title, records, choose, children }: Props) {
  return (
    <section>
      <h3>{title}</h3>
      {records.length === 0 ? <p className="hint">{text.files.none}</p> : null}
      <ul>
        {records.map((record) => (
          <li key={record.name}>
            <WorkflowCard record={record} choose={choose} />
            {children?.(record)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** From the field into the list, and from card to card. */
function onArrows(event: KeyboardEvent<HTMLElement>): void {
  const from = event.target as HTMLElement;
  if (from instanceof HTMLSelectElement || (from.matches("input") && !["ArrowDown", "Enter"].includes(event.key))) return;
  const cards = [...event.currentTarget.querySelectorAll<HTMLElement>(".file")];
  const at = cards.indexOf(from);
  if (event.key === "Enter" && at < 0 && from.matches("input[type=search]")) return cards[0]?.click();
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step === undefined || (at < 0 && !from.matches("input[type=search]"))) return;
  event.preventDefault();
  if (at + step < 0) event.currentTarget.querySelector<HTMLElement>("input[type=search]")?.focus();
  else cards[at + step]?.focus();
}
