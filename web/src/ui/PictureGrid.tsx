import * as Tabs from "@radix-ui/react-tabs";
import { useEffect, useState } from "react";
import { exampleAddress, listArtifacts, listUploads, uploadAddress, uploadThumbnail } from "../api/pictures";
import { fileOf, thumbnailOf } from "../api/server";
import { report } from "../state/commands/report";
import { useExamples } from "../state/pictures";
import { text } from "../text";
import "../styles/pictures.css";

/** A picture that was chosen: `name` is what workflows call it; a result of a run has none yet. */
export interface ChosenPicture {
  readonly name: string | null;
  readonly address: string;
  readonly title: string;
}

interface Shown extends ChosenPicture {
  readonly thumbnail: string;
}

const words = text.drawing.pictures;

/** The pictures that the server has, to choose one of. */
export function PictureGrid({ choose }: { choose(picture: ChosenPicture): void }) {
  const [uploads, setUploads] = useState<readonly Shown[] | null>(null);
  const [results, setResults] = useState<readonly Shown[]>([]);
  const [next, setNext] = useState<number | null | undefined>(undefined);
  const examples = useExamples((state) => state.names);
  const loadExamples = useExamples((state) => state.load);

  const more = async (before: number | null) => {
    const page = await listArtifacts(before);
    const shown = page.artifacts.map(({ id, node }) => ({
      name: null,
      address: fileOf(id),
      thumbnail: thumbnailOf(id),
      title: `${node} ${id}`,
    }));
    setResults((known) => (before === null ? shown : [...known, ...shown]));
    setNext(page.next);
  };
  useEffect(() => {
    void loadExamples();
    listUploads().then(
      (found) =>
        setUploads(
          found.map(({ name, uploaded_at }) => ({
            name,
            address: uploadAddress(name),
            thumbnail: uploadThumbnail(name),
            title: words.uploadedAt(text.time.moment(uploaded_at)),
          })),
        ),
      report,
    );
    more(null).catch(report);
  }, [loadExamples]);

  const shownExamples = examples.map((name) => ({ name, address: exampleAddress(name), thumbnail: exampleAddress(name), title: name }));
  return (
    <Tabs.Root className="pictures" defaultValue="uploads">
      <Tabs.List className="side-tabs" aria-label={words.where}>
        <Tabs.Trigger value="uploads">{words.uploads}</Tabs.Trigger>
        <Tabs.Trigger value="results">{words.results}</Tabs.Trigger>
        <Tabs.Trigger value="examples">{words.examples}</Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="uploads">{uploads === null ? <p className="hint">{text.loading}</p> : <Grid pictures={uploads} choose={choose} />}</Tabs.Content>
      <Tabs.Content value="results">
        <Grid pictures={results} choose={choose} />
        {typeof next === "number" ? (
          <button type="button" onClick={() => void more(next).catch(report)}>
            {words.more}
          </button>
        ) : null}
      </Tabs.Content>
      <Tabs.Content value="examples">
        <Grid pictures={shownExamples} choose={choose} />
      </Tabs.Content>
    </Tabs.Root>
  );
}

function Grid({ pictures, choose }: { pictures: readonly Shown[]; choose(picture: ChosenPicture): void }) {
  if (pictures.length === 0) return <p className="hint">{words.none}</p>;
  return (
    <ul className="picture-grid">
      {pictures.map((picture) => (
        <li key={picture.address}>
          <button type="button" className="bare" title={picture.title} onClick={() => choose(picture)}>
            <img src={picture.thumbnail} alt={picture.title} loading="lazy" />
          </button>
        </li>
      ))}
    </ul>
  );
}
