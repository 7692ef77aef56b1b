/** A mask in the making: a byte per pixel, 255 where the picture may change. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A rectangle of whole pixels; `right` and `bottom` are the first that no longer belong to it. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function emptyMask(width: number, height: number): Mask {
  return { width, height, data: new Uint8Array(width * height) };
}

export function wholeOf({ width, height }: Mask): Area {
  return { left: 0, top: 0, right: width, bottom: height };
}

/** What of an area lies within the mask; null if nothing does. */
export function within(mask: Mask, area: Area): Area | null {
  const left = Math.max(0, Math.floor(area.left));
  const top = Math.max(0, Math.floor(area.top));
  const right = Math.min(mask.width, Math.ceil(area.right));
  const bottom = Math.min(mask.height, Math.ceil(area.bottom));
  return left < right && top < bottom ? { left, top, right, bottom } : null;
}

/** The smallest area that holds both. */
export function joined(one: Area | null, other: Area): Area {
  if (one === null) return other;
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

/** A copy of the bytes of an area, row by row. */
export function cutOut({ width, data }: Mask, { left, top, right, bottom }: Area): Uint8Array {
  const bytes = new Uint8Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y++) {
    bytes.set(data.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  }
  return bytes;
}

/** Put bytes back where they were cut out. */
export function putBack({ width, data }: Mask, { left, top, right, bottom }: Area, bytes: Uint8Array): void {
  for (let y = top; y < bottom; y++) {
    const from = (y - top) * (right - left);
    data.set(bytes.subarray(from, from + right - left), y * width + left);
  }
}
