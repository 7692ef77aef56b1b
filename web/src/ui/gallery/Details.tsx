import { useEffect, useState } from "react";
import { type Artifact, documentOfRun, readRun, type Run } from "../../api/server";
import { readDocument, type WorkflowDocument } from "../../core/document";
import { asText, type Fact, modelFacts, parameterFacts, sizeOf } from "../../core/runs/madeFrom";
import { useCatalogue } from "../../state/catalogue";
import { copyText } from "../../state/commands/copying";
import { text } from "../../text";

const words = text.running.gallery;

/** How a picture was made; it can be copied. */
export function Details({ picture }: { picture: Artifact }) {
  const made = useMade(picture.run);
  const catalogue = useCatalogue((state) => state.nodes);
  const facts: Fact[] = [
    [words.facts.size, `${sizeOf(picture)}, ${words.bytes(picture.size)}`],
    ...(picture.seed === null ? [] : [[words.facts.seed, String(picture.seed)] as const]),
    [words.facts.node, picture.node],
    [words.facts.date, text.time.moment(picture.created_at)],
    ...(made ? factsOf(made.run) : []),
    ...(made?.document ? modelFacts(made.document, catalogue).map((model): Fact => [words.facts.model, model]) : []),
  ];
  const values = made ? parameterFacts(made.run) : [];
  return (
    <>
      <List facts={facts} />
      {values.length > 0 ? <h3>{words.values}</h3> : null}
      <List facts={values} />
      <button type="button" onClick={() => void copyText(asText([...facts, ...values]))}>
        {words.copy}
      </button>
    </>
  );
}

function List({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={`${name} ${value}`}>
          <dt>{name}</dt>
          <dd>{value === "" ? words.empty : value}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(run: Run): Fact[] {
  return [
    [words.facts.workflow, run.name || text.untitled],
    ...(run.seconds === null ? [] : [[words.facts.seconds, text.node.seconds(run.seconds)] as const]),
  ];
}

/** The run that made it, and its workflow; null until they were read, or where they are gone. */
function useMade(id: string): { run: Run; document: WorkflowDocument | null } | null {
  const [made, setMade] = useState<{ run: Run; document: WorkflowDocument | null } | null>(null);
  useEffect(() => {
    let gone = false;
    const document = documentOfRun(id).then(readDocument).catch(() => null);
    Promise.all([readRun(id), document]).then(
      ([run, found]) => !gone && setMade({ run, document: found }),
      () => !gone && setMade(null),
    );
    return () => {
      gone = true;
    };
  }, [id]);
  return made?.run.id === id ? made : null;
}
