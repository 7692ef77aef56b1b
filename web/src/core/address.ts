/** What the address of the page says: an app to show, or a workflow to open in the editor. */
const APP = "/app/";

/** The workflow whose app an address shows; null for the editor. */
export function appIn(path: string): string | null {
  return path.startsWith(APP) && path.length > APP.length ? decoded(path.slice(APP.length)) : null;
}

/** The workflow that the editor is to open; null for none. */
export function workflowIn(search: string): string | null {
  return new URLSearchParams(search).get("workflow") || null;
}

export const appAddressOf = (origin: string, name: string): string => `${origin}${APP}${encodeURIComponent(name)}`;
export const addressOf = (origin: string, name: string): string => `${origin}/?workflow=${encodeURIComponent(name)}`;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
