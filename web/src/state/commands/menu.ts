import { activeEditor } from "../tabs";

/** Open the menu of what is selected, or of the canvas, as a click with the right button does. */
export function openMenu(): void {
  const { selection, links } = activeEditor().getState();
  const [name] = selection;
  const canvas = window.document.querySelector(".canvas");
  const selected =
    name !== undefined
      ? canvas?.querySelector(`.react-flow__node[data-id="${CSS.escape(name)}"] :is(.card-header, .frame-title, .note)`)
      : links.length > 0
        ? canvas?.querySelector(".react-flow__edge.selected")
        : null;
  const element = selected ?? canvas?.querySelector(".react-flow__pane");
  if (!element) return;
  const { left, top, width, height } = element.getBoundingClientRect();
  const place = selected ? { clientX: left + Math.min(24, width / 2), clientY: top + Math.min(24, height / 2) } : { clientX: left + width / 2, clientY: top + height / 2 };
  element.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, ...place }));
}
