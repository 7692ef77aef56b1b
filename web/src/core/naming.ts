import { text } from "../text";
import type { WorkflowDocument } from "./document";

/** Why a node can't be called that, in words; null if it can. */
export function whyNotCalled(document: WorkflowDocument, node: string, name: string): string | null {
  if (name === node) return null;
  if (name.trim() === "") return text.canvas.nameEmpty;
  if (name !== name.trim()) return text.canvas.nameSpace;
  if (/[./]/.test(name)) return text.canvas.nameSigns;
  if (name === "inputs") return text.canvas.nameInputs;
  if (name in document.nodes) return text.canvas.nameTaken(name);
  return null;
}
