/** Painting masks for nodes of the workflow in front. */
import { addNode, setInput } from "../../core/edits";
import { masksFor, pictureFor } from "../../core/painting/ground";
import { placeOf } from "../../core/document";
import { hintOf, words } from "../../core/schema";
import { text } from "../../text";
import { useCatalogue } from "../catalogue";
import { chosenNodes } from "./chosen";
import type { EditorStore } from "../editor";
import { type Ground, notedGround, paintMask } from "../painter";
import { addressOf } from "../pictures";
import { activeEditor } from "../tabs";

/** The node that loads masks, and its input. */
const LOADER = { type: "load_mask", input: "mask" } as const;
const BELOW = 240;

/** Paint the mask that an input names, on the picture that it belongs to; the new mask is one step of undo. */
export async function paintInput(editor: EditorStore, node: string, input: string): Promise<void> {
  const { document } = editor.getState();
  const value = document.nodes[node]?.inputs[input];
  const mask = typeof value === "string" && value !== "" ? value : null;
  const picture = pictureFor(document, useCatalogue.getState().nodes, node);
  const ground = (picture && (await groundOf(picture))) ?? (mask && notedGround(mask));
  const made = await paintMask(ground || null, mask);
  if (made === null) return;
  editor.getState().edit(text.drawing.actions.paint, (now) => setInput(now, node, input, made));
}

/** Paint a mask for the picture that a node loads: the one that it has already, or a new one in a node of its own. */
export async function paintForPicture(editor: EditorStore, node: string, name: string): Promise<void> {
  const [known] = masksFor(editor.getState().document, useCatalogue.getState().nodes, node);
  if (known) return paintInput(editor, known.node, known.input);
  const made = await paintMask(await groundOf({ node, name }));
  if (made === null) return;
  let added = "";
  editor.getState().edit(text.drawing.actions.paint, (document) => {
    const { x, y } = placeOf(document, node) ?? { x: 0, y: 0 };
    const [changed, fresh] = addNode(document, LOADER.type, { x, y: y + BELOW }, { [LOADER.input]: made });
    added = fresh;
    return changed;
  });
  editor.getState().select([added]);
}

/** The one node that is selected, and its input that names a mask or a picture; null for any other selection. */
function chosen(): { node: string; input: string; hint: "mask" | "picture"; value: unknown } | null {
  const { document } = activeEditor().getState();
  const [node, ...others] = chosenNodes();
  if (node === undefined || others.length > 0) return null;
  const found = document.nodes[node];
  for (const { name, literal } of useCatalogue.getState().nodes.get(found?.type ?? "")?.inputs ?? []) {
    const hint = hintOf(literal);
    if (hint === "mask" || hint === "picture") return { node, input: name, hint, value: found?.inputs[name] };
  }
  return null;
}

export function canPaint(): boolean {
  const found = chosen();
  return found !== null && (found.hint === "mask" || typeof found.value === "string");
}

/** Paint the mask of the selected node, or one for the picture that it loads. */
export async function paintChosen(): Promise<void> {
  const found = chosen();
  if (found === null) return;
  const { node, input, hint, value } = found;
  await (hint === "mask" ? paintInput(activeEditor(), node, input) : paintForPicture(activeEditor(), node, String(value)));
}

async function groundOf({ node, name }: { node: string; name: string }): Promise<Ground | null> {
  const address = await addressOf(name);
  return address === null ? null : { address, title: words(node) };
}
