import { create } from "zustand";
import { searchPictures } from "../api/running";
import type { Artifact } from "../api/server";
import { broughtBack, toggled, viewedAfter, withRange } from "../core/runs/choosing";
import { beside, type Pictures, withNewest, withOlder } from "../core/runs/pictures";

interface GalleryState extends Pictures {
  readonly loaded: boolean;
  /** Only pictures whose workflow's name or any value has this in it. */
  readonly search: string;
  /** The picture that is looked at, and the one that it is compared with. */
  readonly viewed: Artifact | null;
  readonly compared: Artifact | null;
  /** A picture that was marked, to be compared with the next one that is. */
  readonly marked: Artifact | null;
  /** The pictures that are chosen, to do something with all of them; null while none are to be chosen. */
  readonly chosen: ReadonlySet<number> | null;
  /** The picture that was chosen last. */
  readonly lastChosen: number | null;
  /** Pictures that are about to be deleted, and so aren't shown. */
  readonly hidden: ReadonlySet<number>;
  load(): Promise<void>;
  loadOlder(): Promise<void>;
  find(search: string): Promise<void>;
  view(picture: Artifact | null): void;
  compare(picture: Artifact | null): void;
  /** Mark a picture; the second that is marked opens both side by side. */
  mark(picture: Artifact): void;
  step(by: -1 | 1): void;
  /** Begin to choose pictures, or end it. */
  choosing(yes: boolean): void;
  /** Choose a picture, or no longer; with `range` all from the one that was chosen last. */
  choose(picture: Artifact, range?: boolean): void;
  chooseAll(): void;
  hide(pictures: readonly Artifact[]): void;
  bringBack(pictures: readonly Artifact[]): void;
  /** The pictures of a run are gone. */
  drop(run: string): void;
}

const PAGE = 60;

/** The pictures that runs have made. */
export const useGallery = create<GalleryState>((set, get) => {
  const shown = <T extends Pictures>(page: T): T => ({ ...page, pictures: page.pictures.filter(({ id }) => !get().hidden.has(id)) });
  return {
    pictures: [],
    next: null,
    loaded: false,
    search: "",
    viewed: null,
    compared: null,
    marked: null,
    chosen: null,
    lastChosen: null,
    hidden: new Set(),
    async load() {
      const { search } = get();
      const page = await searchPictures({ text: search }, null, PAGE);
      if (get().search === search) set((before) => ({ ...shown(withNewest(before, page)), loaded: true }));
    },
    async loadOlder() {
      const { search, next } = get();
      if (next === null) return;
      const page = await searchPictures({ text: search }, next, PAGE);
      if (get().search === search) set((before) => shown(withOlder(before, page)));
    },
    async find(search) {
      if (search === get().search) return;
      set({ search, chosen: get().chosen && new Set() });
      const page = await searchPictures({ text: search }, null, PAGE);
      if (get().search === search) set({ ...shown({ pictures: page.artifacts, next: page.next }), loaded: true });
    },
    view: (viewed) => set({ viewed, compared: null, marked: null }),
    compare: (compared) => set({ compared }),
    mark(picture) {
      const { marked } = get();
      if (marked === null || marked.id === picture.id) set({ marked: marked === null ? picture : null });
      else set({ viewed: marked, compared: picture, marked: null });
    },
    step(by) {
      const { pictures, viewed } = get();
      const other = viewed && beside(pictures, viewed.id, by);
      if (other) set({ viewed: other });
    },
    choosing: (yes) => set({ chosen: yes ? new Set() : null, lastChosen: null, marked: null }),
    choose({ id }, range = false) {
      const { chosen, lastChosen, pictures } = get();
      const before = chosen ?? new Set();
      set({ chosen: range ? withRange(before, pictures, lastChosen, id) : toggled(before, id), lastChosen: id });
    },
    chooseAll: () => set({ chosen: new Set(get().pictures.map(({ id }) => id)) }),
    hide(pictures) {
      const hidden = new Set([...get().hidden, ...pictures.map(({ id }) => id)]);
      set({ hidden, viewed: viewedAfter(get().pictures, get().viewed, hidden), compared: null, marked: null, chosen: null, lastChosen: null });
      set(shown(get()));
    },
    bringBack(pictures) {
      const again = new Set(pictures.map(({ id }) => id));
      set({ hidden: new Set([...get().hidden].filter((id) => !again.has(id))), pictures: broughtBack(get().pictures, pictures) });
    },
    drop(run) {
      const { pictures, viewed, compared } = get();
      set({
        pictures: pictures.filter((picture) => picture.run !== run),
        viewed: viewed?.run === run ? null : viewed,
        compared: compared?.run === run ? null : compared,
      });
    },
  };
});
