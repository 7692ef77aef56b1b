/** What the state of the editor asks of a browser, for tests without one. Import it before the state. */
const kept = new Map<string, string>();

const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};

const nothing = () => {};

Object.assign(globalThis, {
  localStorage: storage,
  window: Object.assign(new EventTarget(), {
    innerWidth: 1280,
    innerHeight: 800,
    localStorage: storage,
    location: { protocol: "http:", host: "127.0.0.1", hash: "", pathname: "/", search: "" },
    history: { replaceState: nothing, pushState: nothing },
    matchMedia: () => Object.assign(new EventTarget(), { matches: false }),
    document: { activeElement: null, querySelector: () => null, documentElement: { dataset: {} } },
  }),
});
