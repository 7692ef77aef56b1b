import "./styles/theme.css";
import "./styles/page.css";
import "./styles/popup.css";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { appIn, workflowIn } from "./core/address";
import { takeToken } from "./state/tokenInAddress";

const app = appIn(window.location.pathname);
await takeToken();
const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode>{await (app === null ? editor() : appOf(app))}</StrictMode>);

async function editor(): Promise<ReactNode> {
  const { openEditor } = await import("./editor");
  return openEditor(workflowIn(window.location.search));
}

/** The graph editor isn't loaded for it. */
async function appOf(name: string): Promise<ReactNode> {
  const { AppPage } = await import("./ui/app/AppPage");
  return <AppPage name={name} />;
}
