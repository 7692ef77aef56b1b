import { type Brush, type Dab, Stroke } from "./brush";
import { type Area, cutOut, joined, type Mask, putBack, wholeOf } from "./mask";

interface Step {
  readonly area: Area;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

const MOST_BYTES = 192 * 2 ** 20;

/** A mask that is worked on, with all that was done to undo and redo. `changed` hears of each area that did. */
export class PaintSession {
  private past: Step[] = [];
  private future: Step[] = [];
  private stroke: { readonly stroke: Stroke; readonly before: Uint8Array; last: Dab; area: Area | null } | null = null;
  /** Where the last stroke ended: a straight line goes on from there. */
  private end: Dab | null = null;
  private kept = 0;
  private steps = 0;

  constructor(
    readonly mask: Mask,
    private readonly changed: (area: Area) => void,
  ) {}

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  get isPainting(): boolean {
    return this.stroke !== null;
  }

  /** Whether leaving loses something. */
  get isChanged(): boolean {
    return this.steps !== this.kept;
  }

  /** What it is now is kept elsewhere, too. */
  markKept(): void {
    this.kept = this.steps;
  }

  /** Begin a stroke; `straight` goes on from the end of the last one. */
  begin(brush: Brush, at: Dab, straight = false): void {
    this.finish();
    const stroke = new Stroke(this.mask, brush);
    this.stroke = { stroke, before: this.mask.data.slice(), last: at, area: null };
    this.touch(stroke.line(straight && this.end ? this.end : at, at));
  }

  /** Go on with it. */
  move(at: Dab): void {
    if (this.stroke === null) return;
    this.touch(this.stroke.stroke.line(this.stroke.last, at));
    this.stroke.last = at;
  }

  /** End it: it is one step of undo. */
  finish(): void {
    if (this.stroke === null) return;
    const { area, before, last } = this.stroke;
    this.stroke = null;
    this.end = last;
    if (area !== null) this.remember(area, cutOut({ ...this.mask, data: before }, area));
  }

  /** Take the stroke under way back, as when a second finger turns it into a pinch. */
  abandon(): void {
    if (this.stroke === null) return;
    const { area, before } = this.stroke;
    this.stroke = null;
    this.mask.data.set(before);
    if (area !== null) this.changed(area);
  }

  /** Change the mask as a whole. */
  apply(change: (mask: Mask) => Area | null): void {
    this.finish();
    const before = this.mask.data.slice();
    const area = change(this.mask);
    if (area === null) return;
    this.remember(area, cutOut({ ...this.mask, data: before }, area));
    this.changed(area);
  }

  undo(): void {
    this.finish();
    const step = this.past.pop();
    if (step === undefined) return;
    this.future.push(step);
    this.steps--;
    putBack(this.mask, step.area, step.before);
    this.changed(step.area);
  }

  redo(): void {
    this.finish();
    const step = this.future.pop();
    if (step === undefined) return;
    this.past.push(step);
    this.steps++;
    putBack(this.mask, step.area, step.after);
    this.changed(step.area);
  }

  private touch(area: Area | null): void {
    if (area === null || this.stroke === null) return;
    this.stroke.area = joined(this.stroke.area, area);
    this.changed(area);
  }

  private remember(area: Area, before: Uint8Array): void {
    const after = cutOut(this.mask, area);
    if (after.every((value, at) => value === before[at])) return;
    if (this.kept > this.steps) this.kept = -1; // what was kept can't be come back to
    this.past.push({ area, before, after });
    this.future = [];
    this.steps++;
    let bytes = this.past.reduce((sum, step) => sum + 2 * step.before.length, 0);
    while (bytes > MOST_BYTES && this.past.length > 1) bytes -= 2 * (this.past.shift() as Step).before.length;
  }
}

/** A mask drawn again at another size, by the nearest pixel. */
export function scaled(mask: Mask, width: number, height: number): Mask {
  if (mask.width === width && mask.height === height) return mask;
  const data = new Uint8Array(width * height);
  const { right, bottom } = wholeOf(mask);
  for (let y = 0; y < height; y++) {
    const from = Math.floor(((y + 0.5) / height) * bottom) * mask.width;
    for (let x = 0; x < width; x++) data[y * width + x] = mask.data[from + Math.floor(((x + 0.5) / width) * right)] as number;
  }
  return { width, height, data };
}
