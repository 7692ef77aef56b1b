import { text } from "../../text";
import { usePage } from "../page";

/** Put a text into the clipboard, and say whether the browser allowed it. */
export async function copyText(content: string): Promise<void> {
  const { notify } = usePage.getState();
  try {
    await navigator.clipboard.writeText(content);
    notify(text.running.gallery.copied, false);
  } catch {
    notify(text.running.gallery.notCopied);
  }
}
