import { text } from "../../text";
import { useAutosave } from "../autosave";
import { useNaming } from "../naming";
import { usePage } from "../page";
import { activeEditor, useTabs } from "../tabs";
import { useStart } from "../start";
import { copyAppLink, copyLink } from "./addresses";
import type { Command } from "./command";
import { download, save } from "./documents";
import { closeTab, moveTab, reopenTab } from "./tabs";

const { titles } = text.commands;
const page = () => usePage.getState();
const savedName = () => activeEditor().getState().savedAs?.name ?? "";
const isSaved = () => savedName() !== "";
const several = () => useTabs.getState().tabs.length > 1;

/** What is done with whole workflows, and with the tabs that they are in. */
export const ON_DOCUMENTS: readonly Command[] = [
  { id: "new", title: titles.newWorkflow, section: "workflow", menus: ["more"], act: () => void useTabs.getState().open() },
  { id: "open", title: titles.open, section: "workflow", keys: ["Mod+O"], menus: ["more"], where: "anywhere", act: () => page().show("files") },
  { id: "save", title: titles.save, section: "workflow", keys: ["Mod+S"], menus: ["more"], where: "anywhere", act: save },
  { id: "save-as", title: titles.saveAs, section: "workflow", keys: ["Mod+Shift+S"], where: "anywhere", act: () => page().show("save") },
  { id: "rename-workflow", title: titles.renameWorkflow, section: "workflow", act: () => useNaming.getState().write(useTabs.getState().active) },
  { id: "versions", title: titles.versions, section: "workflow", menus: ["more"], usable: isSaved, act: () => page().show("versions") },
  { id: "copy-link", title: titles.copyLink, section: "workflow", usable: isSaved, act: () => copyLink(savedName()) },
  { id: "copy-app-link", title: titles.copyAppLink, section: "workflow", menus: ["more"], usable: isSaved, act: () => copyAppLink(savedName()) },
  { id: "start", title: titles.start, section: "workflow", isOn: () => useStart.getState().shown, act: () => useStart.getState().setShown(!useStart.getState().shown) },
  { id: "autosave", title: titles.autosave, section: "workflow", isOn: () => useAutosave.getState().on, act: toggleAutosave },
  { id: "download", title: titles.download, section: "workflow", menus: ["more"], act: download },
  { id: "close-tab", title: titles.closeTab, section: "workflow", keys: ["Alt+W"], where: "anywhere", act: () => closeTab() },
  { id: "reopen-tab", title: titles.reopenTab, section: "workflow", keys: ["Alt+Shift+T"], where: "anywhere", usable: () => useTabs.getState().closed.length > 0, act: reopenTab },
  { id: "tab-left", title: titles.tabLeft, section: "workflow", usable: several, act: () => moveTab(-1) },
  { id: "tab-right", title: titles.tabRight, section: "workflow", usable: several, act: () => moveTab(1) },
];

function toggleAutosave(): void {
  useAutosave.getState().toggle();
  page().notify(useAutosave.getState().on ? text.saving.on : text.saving.off, false);
}
