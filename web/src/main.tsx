import "@xyflow/react/dist/style.css";
import "./styles/theme.css";
import "./styles/page.css";
import "./styles/card.css";
import "./styles/popup.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keepDrafts } from "./state/drafts";
import { App } from "./ui/App";

keepDrafts();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
