import { create } from "zustand";
import { searchPictures } from "../api/running";
import type { Artifact } from "../api/server";
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
  load(): Promise<void>;
  loadOlder(): Promise<void>;
  find(search: string): Promise<void>;
  view(picture: Artifact | null): void;
  compare(picture: Artifact | null): void;
  /** Mark a picture; the second that is marked opens both side by side. */
  mark(picture: Artifact): void;
  step(by: -1 | 1): void;
  /** The pictures of a run are gone. */
  drop(run: string): void;
}

const PAGE = 60;

/** The pictures that runs have made. */
export const useGallery = create<GalleryState>((set, get) => ({
  pictures: [],
  next: null,
  loaded: false,
  search: "",
  viewed: null,
  compared: null,
  marked: null,
  async load() {
    const { search } = get();
    const page = await searchPictures({ text: search }, null, PAGE);
    if (get().search === search) set((before) => ({ ...withNewest(before, page), loaded: true }));
  },
  async loadOlder() {
    const { search, next } = get();
    if (next === null) return;
    const page = await searchPictures({ text: search }, next, PAGE);
    if (get().search === search) set((before) => withOlder(before, page));
  },
  async find(search) {
    if (search === get().search) return;
    set({ search });
    const page = await searchPictures({ text: search }, null, PAGE);
    if (get().search === search) set({ pictures: page.artifacts, next: page.next, loaded: true });
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
  drop(run) {
    const { pictures, viewed, compared } = get();
    set({
      pictures: pictures.filter((picture) => picture.run !== run),
      viewed: viewed?.run === run ? null : viewed,
      compared: compared?.run === run ? null : compared,
    });
  },
}));
