import { compare, type Change, type Difference, isSame, MODE, type NodeDifference, TYPE } from "../../core/compare";
import { linkOf, type WorkflowDocument } from "../../core/document";
import { type Json, writeJson } from "../../core/json";
import { words } from "../../core/schema";
import { text } from "../../text";

const LONGEST = 160;

/** What differs between two workflows, node by node and in words. */
export function Differences({ before, after }: { before: WorkflowDocument; after: WorkflowDocument }) {
  const difference = compare(before, after);
  if (isSame(difference)) return <p className="hint">{text.compare.same}</p>;
  return (
    <ul className="differences">
      {difference.nodes.map((node) => (
        <NodeItem key={`${node.kind} ${node.node}`} {...node} />
      ))}
      <OfWhole {...difference} />
    </ul>
  );
}

function NodeItem({ node, kind, type, changes }: NodeDifference) {
  return (
    <li className={kind}>
      <strong>{words(node)}</strong> <span className="kind">{text.compare.kinds[kind]}</span>
      {words(type) === words(node) ? null : <span className="hint"> {words(type)}</span>}
      {kind === "changed" ? <Changes changes={changes} /> : null}
    </li>
  );
}

function OfWhole({ changes, moved }: Difference) {
  return (
    <>
      {changes.length > 0 ? (
        <li className="changed">
          <strong>{text.compare.workflow}</strong> <span className="kind">{text.compare.kinds.changed}</span>
          <Changes changes={changes} />
        </li>
      ) : null}
      {moved > 0 ? <li className="hint">{text.compare.moved(moved)}</li> : null}
    </>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <dl>
      {changes.map(({ what, before, after }) => (
        <div key={what}>
          <dt>{what === TYPE ? text.compare.type : what === MODE ? text.compare.mode : words(what)}</dt>
          <dd>
            <del>
              <span className="sr-only">{text.compare.before} </span>
              {shown(before)}
            </del>
            <ins>
              <span className="sr-only">{text.compare.after} </span>
              {shown(after)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function shown(value: Json | undefined): string {
  if (value === undefined) return text.compare.unset;
  const link = linkOf(value);
  const written = link ? text.compare.link(words(link.node), words(link.output)) : typeof value === "string" ? value || text.compare.empty : writeJson(value);
  return written.length > LONGEST ? `${written.slice(0, LONGEST)}…` : written;
}
