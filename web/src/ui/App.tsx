import { type DragEvent, useEffect, useState } from "react";
import { useStore } from "zustand";
import { useCatalogue } from "../state/catalogue";
import { checkSoon } from "../state/checks";
import { artifactIn, takeArtifact, takeFiles } from "../state/commands/dropping";
import { nameOf } from "../state/commands/tabs";
import { TabContext, useTab } from "../state/context";
import { usePage } from "../state/page";
import { useRuns } from "../state/runs";
import { type Tab, useTabs } from "../state/tabs";
import { inGraph } from "../state/view";
import { text } from "../text";
import { Canvas } from "./Canvas";
import { CommandPalette } from "./CommandPalette";
import { Connection } from "./Connection";
import { ViewerDoor } from "./gallery/ViewerDoor";
import { ValueDoor } from "./values/ValueDoor";
import { FilesDialog } from "./documents/FilesDialog";
import { Start } from "./documents/Start";
import { VersionsDialog } from "./documents/VersionsDialog";
import { FindDialog } from "./FindDialog";
import { FormView } from "./FormView";
import { LinkingDialog } from "./LinkingDialog";
import { Notices } from "./Notices";
import { NodePalette } from "./NodePalette";
import { PainterDoor } from "./PainterDoor";
import { RenameDialog } from "./RenameDialog";
import { SaveDialog } from "./SaveDialog";
import { ShortcutsDialog } from "./ShortcutsDialog";
import { SidePanel } from "./SidePanel";
import { StatusBar } from "./StatusBar";
import { TabBar } from "./TabBar";
import { NameDialog } from "./subgraphs/NameDialog";
import { PortDialog } from "./subgraphs/PortDialog";
import { Toolbar } from "./Toolbar";
import { useExplaining } from "./useExplaining";
import { useRunningOnChange } from "./useRunningOnChange";
import { useShortcuts } from "./useShortcuts";
import { useTitle } from "./useTitle";

/** The whole page: tabs and tools above, the workflow in front, results and queue beside it. */
export function App() {
  const tab = useTabs(({ tabs, active }) => tabs.find(({ id }) => id === active) ?? (tabs[0] as Tab));
  const theme = usePage((state) => state.theme);
  useEffect(() => {
    if (theme) document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return (
    <TabContext.Provider value={tab}>
      <Workplace key={tab.id} />
    </TabContext.Provider>
  );
}

function Workplace() {
  const form = usePage((state) => state.form);
  const [over, setOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const onCanvas = (event.target as Element).closest(".canvas") !== null;
    const at = onCanvas ? inGraph({ x: event.clientX, y: event.clientY }) : null;
    const artifact = artifactIn(event.dataTransfer.getData("text/uri-list"));
    if (event.dataTransfer.files.length > 0) void takeFiles([...event.dataTransfer.files], at, event.altKey);
    else if (artifact !== null && onCanvas) void takeArtifact(artifact, at);
  };
  return (
    <div
      className="page"
      onDragOver={(event) => {
        const { types } = event.dataTransfer;
        if (!types.includes("Files") && !types.includes("text/uri-list")) return;
        event.preventDefault();
        setOver(types.includes("Files"));
      }}
      onDragLeave={(event) => event.currentTarget === event.target && setOver(false)}
      onDrop={onDrop}
    >
      <header className="top">
        <TabBar />
        <Toolbar />
      </header>
      <Connection />
      <Watching />
      <main className="middle" aria-label={text.app}>
        {form ? (
          <FormView />
        ) : (
          <div className="front">
            <Canvas />
            <Start />
          </div>
        )}
        <SidePanel />
      </main>
      <StatusBar />
      <NodePalette />
      <FilesDialog />
      <SaveDialog />
      <VersionsDialog />
      <FindDialog />
      <CommandPalette />
      <LinkingDialog />
      <RenameDialog />
      <NameDialog />
      <PortDialog />
      <ShortcutsDialog />
      <PainterDoor />
      <ViewerDoor />
      <ValueDoor />
      <Notices />
      {over ? <div className="drop-hint">{text.files.drop}</div> : null}
    </div>
  );
}

/** What follows every change; apart, so that the page isn't drawn anew with each. */
function Watching() {
  useShortcuts();
  useChecking();
  useExplaining();
  useRunningOnChange();
  const tab = useTab();
  useTitle(useStore(tab.editor, () => nameOf(tab)));
  return null;
}

/** Has the engine check the workflow in front whenever it changes, or there are other nodes. */
function useChecking(): void {
  const tab = useTabs(({ tabs, active }) => tabs.find(({ id }) => id === active) ?? (tabs[0] as Tab));
  const { nodes, parameters, subgraphs, outputs } = useStore(tab.editor, (state) => state.whole);
  const connected = useRuns((state) => state.connected); // what was changed meanwhile wasn't checked
  const catalogue = useCatalogue((state) => state.nodes);
  useEffect(() => checkSoon(tab.id, () => tab.editor.getState().whole), [tab, nodes, parameters, subgraphs, outputs, connected, catalogue]);
}
