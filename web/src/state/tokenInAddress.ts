import { openSession } from "../api/server";
import { report } from "./commands/report";

/** The address that the server prints has the token behind '#', which browsers never send: it becomes a cookie, before anything else is asked. */
export async function takeToken(): Promise<void> {
  const token = new URLSearchParams(window.location.hash.slice(1)).get("token");
  if (token === null) return;
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  try {
    await openSession(token);
  } catch (error) {
    report(error);
  }
}
