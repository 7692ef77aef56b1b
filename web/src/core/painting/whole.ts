/** Changes of a mask that no brush makes; each answers with the area that changed, or null for none. */
import { type Area, type Mask, wholeOf } from "./mask";

export function inverted(mask: Mask): Area {
  const { data } = mask;
  for (let at = 0; at < data.length; at++) data[at] = 255 - (data[at] as number);
  return wholeOf(mask);
}

/** All of it the same: 0 clears it, 255 lets the whole picture change. */
export function flooded(mask: Mask, value: number): Area {
  mask.data.fill(value);
  return wholeOf(mask);
}

/** What is alike: on the same side of the middle. */
const MIDDLE = 128;

/** Fill the patch around a pixel up to where the mask goes over the middle: the inside of an outline. */
export function filled(mask: Mask, x: number, y: number, value: number): Area | null {
  const { width, height, data } = mask;
  if (x < 0 || y < 0 || x >= width || y >= height) return null;
  const high = (data[y * width + x] as number) >= MIDDLE;
  const seen = new Uint8Array(data.length);
  const inside = (at: number) => seen[at] === 0 && (data[at] as number) >= MIDDLE === high;
  const area = { left: x, top: y, right: x + 1, bottom: y + 1 };
  const waiting = [y * width + x];
  while (waiting.length > 0) {
    const at = waiting.pop() as number;
    if (!inside(at)) continue;
    const row = Math.floor(at / width);
    const [first, last] = [row * width, row * width + width - 1];
    let [left, right] = [at, at];
    while (left > first && inside(left - 1)) left--;
    while (right < last && inside(right + 1)) right++;
    for (let each = left; each <= right; each++) {
      seen[each] = 1;
      if (row > 0 && inside(each - width) && (each === left || !inside(each - width - 1))) waiting.push(each - width);
      if (row < height - 1 && inside(each + width) && (each === left || !inside(each + width - 1))) waiting.push(each + width);
    }
    area.left = Math.min(area.left, left - first);
    area.right = Math.max(area.right, right - first + 1);
    area.top = Math.min(area.top, row);
    area.bottom = Math.max(area.bottom, row + 1);
  }
  for (let at = 0; at < data.length; at++) if (seen[at] === 1) data[at] = value;
  return area;
}

/** Soften all edges over about so many pixels: three passes of a box, which come close to a Gaussian. */
export function feathered(mask: Mask, pixels: number): Area | null {
  const radius = Math.round(pixels / 3);
  if (radius < 1) return null;
  const { width, height, data } = mask;
  for (let pass = 0; pass < 3; pass++) {
    for (let y = 0; y < height; y++) blur(data, y * width, 1, width, radius);
    for (let x = 0; x < width; x++) blur(data, x, width, height, radius);
  }
  return wholeOf(mask);
}

/** Put the mean of its neighbours in place of each of a row or column; beyond the end, the last counts on. */
function blur(data: Uint8Array, start: number, step: number, count: number, radius: number): void {
  const row = new Uint8Array(count);
  for (let place = 0; place < count; place++) row[place] = data[start + place * step] as number;
  const at = (place: number) => row[Math.min(count - 1, Math.max(0, place))] as number;
  let sum = 0;
  for (let place = -radius; place <= radius; place++) sum += at(place);
  for (let place = 0; place < count; place++) {
    data[start + place * step] = Math.round(sum / (2 * radius + 1));
    sum += at(place + radius + 1) - at(place - radius);
  }
}
