/** How a picture lies in a window: pixels of the picture times `scale`, moved by `x` and `y`. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const LEAST = 0.02;
const MOST = 64;

/** All of the picture in the middle of the window; a small one is enlarged, to at most eight times. */
export function fitted(picture: Size, window: Size, margin = 16): View {
  const scale = Math.min(
    8,
    Math.max(LEAST, Math.min((window.width - 2 * margin) / picture.width, (window.height - 2 * margin) / picture.height)),
  );
  return { scale, x: (window.width - picture.width * scale) / 2, y: (window.height - picture.height * scale) / 2 };
}

/** Zoom by a factor; what lies under the point stays there. */
export function zoomed(view: View, at: Point, factor: number): View {
  const scale = Math.min(MOST, Math.max(LEAST, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by };
}

export function panned(view: View, x: number, y: number): View {
  return { ...view, x: view.x + x, y: view.y + y };
}

/** Two fingers that moved: zoom by how far apart they are, and pan with their middle. */
export function pinched(view: View, before: readonly [Point, Point], after: readonly [Point, Point]): View {
  const [from, to] = [middle(before), middle(after)];
  const factor = distance(after) / Math.max(1, distance(before));
  return zoomed(panned(view, to.x - from.x, to.y - from.y), to, factor);
}

/** Where a point of the window lies in the picture. */
export function inPicture(view: View, at: Point): Point {
  return { x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale };
}

function middle([one, other]: readonly [Point, Point]): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

function distance([one, other]: readonly [Point, Point]): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
