import "@xyflow/react/dist/style.css";
import "./styles/theme.css";
import "./styles/page.css";
import "./styles/card.css";
import "./styles/popup.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keepSaved } from "./state/autosave";
import { keepDrafts } from "./state/drafts/keep";
import { App } from "./ui/App";

const root = document.getElementById("root");
if (root) {
  await keepDrafts(); // what was open is there at first sight
  keepSaved();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
