import { resetInputs } from "../../core/defaults";
import { text } from "../../text";
import { activeSchemas } from "../schemas";
import { activeEditor } from "../tabs";

/** Take what was set of the chosen nodes, and has a default, back to it. Links stay. */
export function resetSelection(): void {
  const { selection, edit } = activeEditor().getState();
  const nodes = activeSchemas();
  edit(text.actions.reset, (document) => selection.reduce((before, name) => resetInputs(before, name, nodes), document));
}
