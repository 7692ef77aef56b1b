import "../../styles/gallery.css";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type Artifact, thumbnailOf } from "../../api/server";
import { left } from "../../core/runs/handedOut";
import { deletePictures } from "../../state/commands/deletingPictures";
import { report } from "../../state/commands/report";
import { useGallery } from "../../state/gallery";
import { useRuns } from "../../state/runs";
import { text } from "../../text";
import { ChoosingBar } from "./ChoosingBar";
import { describe } from "./describe";

const words = text.running.gallery;
const PAUSE = 300;
const STEPS: Readonly<Record<string, "before" | "after" | "above" | "below">> = { ArrowLeft: "before", ArrowRight: "after", ArrowUp: "above", ArrowDown: "below" };

/** All pictures that runs have made, the newest first; one opens large. */
export function GalleryPanel() {
  const { pictures, next, loaded, search, marked, load, loadOlder } = useGallery();
  useNews(load);
  return (
    <>
      <SearchField />
      <ChoosingBar />
      {marked ? (
        <p className="hint" role="status">
          {words.marked}
        </p>
      ) : null}
      {pictures.length === 0 ? <p className="hint">{!loaded ? text.loading : search === "" ? text.panel.noResults : words.nothing}</p> : null}
      <Grid pictures={pictures} />
      {next !== null ? (
        <button type="button" className="older" onClick={() => void loadOlder().catch(report)}>
          {words.older}
        </button>
      ) : null}
    </>
  );
}

/** Reads the newest pictures when runs hand some out, when runs with pictures go, and on reconnection. */
function useNews(load: () => Promise<void>): void {
  const connected = useRuns((state) => state.connected);
  const news = useRuns(({ runs }) => runs.reduce((sum, { artifacts, sequence }) => sum + sequence * left(artifacts).length, 0));
  useEffect(() => {
    if (connected) load().catch(() => {}); // out of reach: read again on reconnection
  }, [load, connected, news]);
}

function SearchField() {
  const find = useGallery((state) => state.find);
  const [typed, setTyped] = useState(useGallery.getState().search);
  useEffect(() => {
    const timer = setTimeout(() => void find(typed.trim()).catch(report), PAUSE);
    return () => clearTimeout(timer);
  }, [find, typed]);
  return <input type="search" className="gallery-search" aria-label={words.search} placeholder={words.searchHint} value={typed} onChange={(event) => setTyped(event.target.value)} />;
}

function Grid({ pictures }: { pictures: readonly Artifact[] }) {
  const { marked, chosen } = useGallery();
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const reachable = Math.min(at, pictures.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Delete") {
      event.stopPropagation(); // it isn't what is selected on the canvas that goes
      deletePictures(chosen?.size ? pictures.filter(({ id }) => chosen.has(id)) : pictures.slice(reachable, reachable + 1));
    }
    const step = STEPS[event.key];
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const columns = buttons.filter((button) => button.offsetTop === buttons[0]?.offsetTop).length;
    const by = step && { before: -1, after: 1, above: -columns, below: columns }[step];
    const other = by === undefined ? undefined : buttons[reachable + by];
    if (by === undefined) return;
    event.preventDefault();
    other?.focus();
  };
  return (
    <ul ref={list} className="gallery" aria-label={text.panel.results} onKeyDown={onKeyDown}>
      {pictures.map((picture, index) => (
        <li key={picture.id}>
          <button
            type="button"
            className="bare"
            aria-pressed={chosen ? chosen.has(picture.id) : marked?.id === picture.id ? true : undefined}
            title={chosen ? words.chooseOne : words.pictureHint}
            tabIndex={index === reachable ? 0 : -1}
            onFocus={() => setAt(index)}
            onClick={(event) => {
              const { choose, mark, view } = useGallery.getState();
              if (chosen) choose(picture, event.shiftKey);
              else if (event.ctrlKey || event.metaKey) mark(picture);
              else view(picture);
            }}
          >
            <img src={thumbnailOf(picture.id)} width={picture.width} height={picture.height} alt={describe(picture)} loading="lazy" />
          </button>
        </li>
      ))}
    </ul>
  );
}
