import { graphAt } from "../core/subgraphs/nesting";
import type { WorkflowDocument } from "../core/document";
import { type EditorStore, redo, undo } from "./editor";

/**
 * Undo or redo the last step if it is one of this input: what Ctrl+Z in a field means. The browser's own undo would
 * know nothing of changes from elsewhere.
 */
export function stepOfInput(editor: EditorStore, node: string, input: string, back: boolean): void {
  const { whole, inside } = editor.getState();
  const { pastStates, futureStates } = editor.temporal.getState();
  const other = (back ? pastStates : futureStates).at(-1)?.whole;
  if (!other) return;
  const value = (graph: WorkflowDocument) => graphAt(graph, inside).nodes[node]?.inputs[input];
  if (value(other) === value(whole)) return;
  if (back) undo(editor);
  else redo(editor);
}
