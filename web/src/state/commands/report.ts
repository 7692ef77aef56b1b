import { ApiError, Offline } from "../../api/http";
import { text } from "../../text";
import { useChecks } from "../checks";
import { usePage } from "../page";
import { useTabs } from "../tabs";

/** What the server answers to a workflow that isn't sound, and where there is no room on its disk. */
const INVALID = 422;
const FULL = 507;

/** Tell people what went wrong; a workflow that isn't sound shows its problems where they are. */
export function report(error: unknown): void {
  if (isTokenMissing(error)) {
    usePage.getState().askForToken(true);
    return;
  }
  if (error instanceof ApiError && error.status === INVALID) {
    useChecks.getState().set(useTabs.getState().active, error.problems);
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
