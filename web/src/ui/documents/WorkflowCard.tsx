import type { WorkflowRecord } from "../../api/server";
import { text } from "../../text";
import { Icon } from "../Icon";

/** A workflow to choose: its picture, what it is called, and what it makes or takes. */
export function WorkflowCard({ record, choose }: { record: WorkflowRecord; choose(name: string): void }) {
  const { name, title, version, parameters, thumbnail, saved_at } = record;
  const about = version === 0 ? text.templates[name] : saved_at && text.time.moment(saved_at);
  return (
    <button type="button" className="file" data-name={name} onClick={() => choose(name)}>
      <span className="file-picture">{thumbnail === null ? <Icon name="tidy" /> : <img src={thumbnail} alt="" loading="lazy" />}</span>
      <strong>{version > 0 ? name : title || name}</strong>
      {version > 0 ? <span>{text.versions.version(version)}</span> : null}
      <span>{about || parameters.join(", ")}</span>
    </button>
  );
}
