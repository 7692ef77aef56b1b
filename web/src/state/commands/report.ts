import { ApiError, Offline } from "../../api/http";
import { text } from "../../text";
import { useChecks } from "../checks";
import { usePage } from "../page";
import { useTabs } from "../tabs";

/** Tell people what went wrong; a workflow that isn't sound shows its problems where they are. */
export function report(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) {
    usePage.getState().askForToken(true);
    return;
  }
  if (error instanceof ApiError && error.problems.length > 0) {
    useChecks.getState().set(useTabs.getState().active, error.problems);
  }
  const message = error instanceof Offline ? text.connection.lost : error instanceof Error ? error.message : String(error);
  usePage.getState().notify(message);
}
