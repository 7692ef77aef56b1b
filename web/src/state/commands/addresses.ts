/** Addresses of workflows: one that opens it in the editor, and one that shows it as an app. */
import { addressOf, appAddressOf } from "../../core/address";
import { text } from "../../text";
import { usePage } from "../page";
import { useTabs } from "../tabs";
import { openSaved } from "./documents";

export const copyLink = (name: string): Promise<void> => copy(addressOf(window.location.origin, name));
export const copyAppLink = (name: string): Promise<void> => copy(appAddressOf(window.location.origin, name));

/** Open a workflow that the page's address names: in the tab that it is in already, if it is. */
export async function openNamed(name: string): Promise<void> {
  const { tabs, activate } = useTabs.getState();
  const open = tabs.find(({ editor }) => editor.getState().savedAs?.name === name);
  if (open) activate(open.id);
  else await openSaved(name);
}

async function copy(address: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(address);
    usePage.getState().notify(text.files.copied(address), false);
  } catch {
    usePage.getState().notify(text.files.notCopied(address), false); // the browser forbids it, or has no clipboard here
  }
}
