import { ApiError, Offline } from "../../api/http";
import { text } from "../../text";
import { usePage } from "../page";

/** What the server answers where there is no room on its disk. */
const FULL = 507;

/** Tell people what went wrong. */
export function report(error: unknown): void {
  if (isTokenMissing(error)) {
    usePage.getState().askForToken(true);
    return;
  }
  usePage.getState().notify(messageOf(error));
}

/** Whether the server asks for its token first. */
export function isTokenMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** What went wrong, and what becomes of what people did. */
export function messageOf(error: unknown): string {
  if (error instanceof Offline) return text.connection.lost;
  if (error instanceof ApiError && error.status === FULL) return text.connection.full(error.message);
  return error instanceof Error ? error.message : String(error);
}
