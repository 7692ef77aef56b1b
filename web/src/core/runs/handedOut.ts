/** The pictures that a run hands out while it goes on, and those that are deleted later. */
import type { Artifact, Run } from "../../api/server";
import { isObject } from "../json";
import type { ServerEvent } from "./told";
import { isActive } from "./view";

/** The picture that an event tells of; null for one that tells of none. */
export function pictureIn(event: ServerEvent): Artifact | null {
  const told = event["artifact"];
  if (event.event !== "output" || !isObject(told) || typeof told["id"] !== "number") return null;
  return { ...told, run: event.run, created_at: String(event["at"]), deleted_at: null } as unknown as Artifact;
}

/** The pictures with one more, unless it is there. */
export function withPicture(pictures: readonly Artifact[], picture: Artifact): readonly Artifact[] {
  return pictures.some(({ id }) => id === picture.id) ? pictures : [...pictures, picture];
}

/** The pictures with one marked as deleted; the same list where it isn't in it. */
export function withDeleted(pictures: readonly Artifact[], id: number, at: string): readonly Artifact[] {
  return pictures.some((picture) => picture.id === id) ? pictures.map((picture) => (picture.id === id ? { ...picture, deleted_at: at } : picture)) : pictures;
}

/** The runs with what the events tell of their pictures. */
export function withPicturesOf(runs: readonly Run[], events: readonly ServerEvent[]): readonly Run[] {
  const news = Map.groupBy(events.filter(({ event }) => event === "output" || event === "picture_deleted"), ({ run }) => run);
  if (news.size === 0) return runs;
  return runs.map((run) => {
    const artifacts = (news.get(run.id) ?? []).reduce(afterEvent, run.artifacts);
    return artifacts === run.artifacts ? run : { ...run, artifacts };
  });
}

function afterEvent(pictures: readonly Artifact[], event: ServerEvent): readonly Artifact[] {
  if (event.event === "picture_deleted") return withDeleted(pictures, Number(event["artifact"]), String(event["at"]));
  const picture = pictureIn(event);
  return picture === null ? pictures : withPicture(pictures, picture);
}

/** Whether an answer is older than what is known: a run only ever comes into more states, and makes more pictures. */
export function isOlder(run: Run, than: Run): boolean {
  const [states, known] = [run.transitions.length, than.transitions.length];
  return states < known || (states === known && isActive(run.state) && run.artifacts.length < than.artifacts.length);
}

/** The pictures that are still there. */
export function left(pictures: readonly Artifact[]): readonly Artifact[] {
  return pictures.filter(({ deleted_at }) => deleted_at === null);
}

/** Of pictures that are the same to the byte, as those of runs that changed nothing, the first. */
export function eachOnce(pictures: readonly Artifact[]): readonly Artifact[] {
  const seen = new Set<string>();
  return pictures.filter(({ sha256 }) => !seen.has(sha256) && seen.add(sha256));
}
