import { type Area, type Mask, within } from "./mask";

export interface Brush {
  /** In pixels of the picture. */
  readonly size: number;
  /** Share of the radius within which it covers fully; from there it fades out. */
  readonly hardness: number;
  readonly opacity: number;
  readonly erase: boolean;
}

/** Where a pointer was, in pixels of the picture, and how hard it pressed: 0 to 1. */
export interface Dab {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

export const LEAST_SIZE = 1;
export const MOST_SIZE = 1000;

/** The next size that `[` and `]` go to. */
export function resized(size: number, up: boolean): number {
  const step = size < 10 ? 1 : size < 50 ? 5 : size < 100 ? 10 : size < 300 ? 25 : 50;
  const back = size <= 10 ? 1 : size <= 50 ? 5 : size <= 100 ? 10 : size <= 300 ? 25 : 50;
  return Math.min(MOST_SIZE, Math.max(LEAST_SIZE, Math.round(size + (up ? step : -back))));
}

/** How much a brush covers at a distance from its middle, 0 to 1; its edge is at least a pixel soft. */
export function coverage(distance: number, radius: number, hardness: number): number {
  const inner = Math.min(radius * hardness, radius - 0.5);
  const outer = Math.max(radius, inner + 1);
  if (distance <= inner) return 1;
  if (distance >= outer) return 0;
  const share = (outer - distance) / (outer - inner);
  return share * share * (3 - 2 * share);
}

/**
 * One stroke of a brush. All of it covers alike, however often it crosses itself: what counts of each pixel is the
 * most that the stroke covered it with, over the mask as it was before.
 */
export class Stroke {
  private readonly before: Uint8Array;
  private readonly covered: Uint8Array;

  constructor(
    private readonly mask: Mask,
    private readonly brush: Brush,
  ) {
    this.before = mask.data.slice();
    this.covered = new Uint8Array(mask.data.length);
  }

  /** Go from one place to another in a straight line; answers with the area that changed, or null. */
  line(from: Dab, to: Dab): Area | null {
    const { hardness } = this.brush;
    const { width } = this.mask;
    const [start, end] = [this.radius(from), this.radius(to)];
    const reach = Math.max(start, end) + 1;
    const area = within(this.mask, {
      left: Math.min(from.x, to.x) - reach,
      top: Math.min(from.y, to.y) - reach,
      right: Math.max(from.x, to.x) + reach,
      bottom: Math.max(from.y, to.y) + reach,
    });
    if (area === null) return null;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const long = dx * dx + dy * dy;
    for (let y = area.top; y < area.bottom; y++) {
      for (let x = area.left; x < area.right; x++) {
        const [px, py] = [x + 0.5 - from.x, y + 0.5 - from.y];
        const along = long === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / long));
        const radius = start + (end - start) * along;
        const [ox, oy] = [px - dx * along, py - dy * along];
        const square = ox * ox + oy * oy;
        if (square >= (radius + 1) * (radius + 1)) continue;
        const cover = Math.round(255 * coverage(Math.sqrt(square), radius, hardness));
        const at = y * width + x;
        if (cover > (this.covered[at] as number)) this.cover(at, cover);
      }
    }
    return area;
  }

  private radius({ pressure }: Dab): number {
    return Math.max(0.5, (this.brush.size / 2) * pressure);
  }

  private cover(at: number, cover: number): void {
    this.covered[at] = cover;
    const before = this.before[at] as number;
    const target = this.brush.erase ? 0 : 255;
    this.mask.data[at] = Math.round(before + ((target - before) * this.brush.opacity * cover) / 255);
  }
}
