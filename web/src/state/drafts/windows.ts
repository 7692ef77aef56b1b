/**
 * Which window of the browser this is, so that each keeps its own drafts. A window holds a lock with its name as long
 * as it is open; where a page has no locks, because its address isn't a secure one, windows ask each other by name.
 */
import { newId } from "../identity";

const NAME = "graphengine.window";
const ROLL_CALL = 250;

/** Tries to be the window of that name; false if another is. */
export async function hold(id: string): Promise<boolean> {
  if ("locks" in navigator) {
    return new Promise((resolve) => {
      void navigator.locks.request(`${NAME}/${id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => {}); // until the window is gone
      });
    });
  }
  if ((await living()).has(id)) return false;
  answer(id);
  return true;
}

/** Is the window of that name again, which was left a moment ago. */
export function resume(id: string): void {
  if ("locks" in navigator) void navigator.locks.request(`${NAME}/${id}`, () => new Promise(() => {}));
  else answer(id);
}

/** The names of the windows that are open. */
export async function living(): Promise<Set<string>> {
  if ("locks" in navigator) {
    const { held = [] } = await navigator.locks.query();
    return new Set(held.flatMap(({ name }) => (name?.startsWith(`${NAME}/`) ? [name.slice(NAME.length + 1)] : [])));
  }
  const found = new Set<string>();
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = ({ data }) => typeof data === "string" && data !== "" && found.add(data);
  channel.postMessage("");
  await new Promise((resolve) => setTimeout(resolve, ROLL_CALL));
  channel.close();
  return found;
}

const answering: BroadcastChannel[] = [];

function answer(id: string): void {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = ({ data }) => data === "" && channel.postMessage(id);
  answering.push(channel);
}

/** The name that this window had before it was loaded anew, or that the window had which it is a copy of. */
export function nameBefore(): string | null {
  return sessionStorage.getItem(NAME);
}

export function setName(id: string): string {
  sessionStorage.setItem(NAME, id);
  return id;
}

/** A name that no window had, held by this one. */
export async function newWindow(): Promise<string> {
  const id = newId();
  await hold(id);
  return id;
}
