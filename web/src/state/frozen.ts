/**
 * Which widgets of plugins froze the page: each is marked while it is loaded and drawn, and a page that ends in order
 * takes its marks away. One that hangs can't, so the marks that a new page finds are of widgets it had better not load.
 */
const KEY = "graphengine.widgets";
const frozen = new Set(read());
const marked = new Set<string>();

export function isFrozen(widget: string): boolean {
  return frozen.has(widget);
}

/** Try it again. */
export function forgive(widget: string): void {
  frozen.delete(widget);
  write();
}

export function mark(widget: string): void {
  if (marked.size === 0) window.addEventListener("pagehide", unmarkAll);
  marked.add(widget);
  write();
}

export function unmark(widget: string): void {
  marked.delete(widget);
  write();
}

function unmarkAll(): void {
  marked.clear();
  write();
}

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

function write(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([...frozen, ...marked]));
  } catch {
    // no room: a widget that freezes the page may do so twice
  }
}
