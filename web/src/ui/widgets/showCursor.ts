/** Scrolls the box around a field, which is as high as all of its text, to where the cursor is. */
export function showCursor(area: HTMLTextAreaElement): void {
  const box = area.parentElement;
  const place = placeOf(area, area.selectionDirection === "backward" ? area.selectionStart : area.selectionEnd);
  if (!box || !place) return;
  const seen = box.getBoundingClientRect();
  const scale = seen.height / box.offsetHeight || 1; // the canvas may be zoomed
  if (place.bottom > seen.bottom) box.scrollTop += (place.bottom - seen.bottom) / scale + MARGIN;
  else if (place.top < seen.top) box.scrollTop -= (seen.top - place.top) / scale + MARGIN;
}

const MARGIN = 6;

/** Where a letter of a field is drawn, on the page. */
export function placeOf(area: HTMLTextAreaElement, at: number): DOMRect | null {
  const letters = area.previousElementSibling;
  return letters && placeIn(letters, at);
}

/** Where a letter is drawn. */
function placeIn(letters: Element, at: number): DOMRect | null {
  const walker = document.createTreeWalker(letters, NodeFilter.SHOW_TEXT);
  for (let left = at, text = walker.nextNode(); text; text = walker.nextNode()) {
    const length = text.nodeValue?.length ?? 0;
    if (left < length) {
      const range = document.createRange();
      range.setStart(text, left);
      range.setEnd(text, left + 1);
      return range.getBoundingClientRect();
    }
    left -= length;
  }
  return null;
}
