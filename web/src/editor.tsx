import "@xyflow/react/dist/style.css";
import "./styles/card.css";
import type { ReactNode } from "react";
import { keepSaved } from "./state/autosave";
import { openNamed } from "./state/commands/addresses";
import { keepDrafts } from "./state/drafts/keep";
import { App } from "./ui/App";
import { Mishap } from "./ui/Mishap";

const LONGEST_WAIT = 1500;

/** The graph editor with what was open in it, and with the workflow that the address names. */
export async function openEditor(workflow: string | null): Promise<ReactNode> {
  // What was open is there at first sight, unless the browser takes too long to say what that was.
  await Promise.race([keepDrafts(), new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT))]);
  keepSaved();
  if (workflow !== null) {
    window.history.replaceState(null, "", window.location.pathname + window.location.hash);
    void openNamed(workflow);
  }
  return (
    <Mishap>
      <App />
    </Mishap>
  );
}
