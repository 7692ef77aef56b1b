/** What a turn of a wheel is known by. `wheelDeltaY` is what some browsers add, -120 for each notch of a mouse. */
export interface WheelTurn {
  readonly deltaX: number;
  readonly deltaY: number;
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
  readonly wheelDeltaY?: number;
}

/** Whether two fingers on a trackpad made it, as far as one can tell, and not the wheel of a mouse. */
export function isTrackpad({ deltaX, deltaY, deltaMode, wheelDeltaY }: WheelTurn): boolean {
  if (deltaMode !== 0) return false;
  if (deltaX !== 0 && deltaY !== 0) return true;
  if (wheelDeltaY !== undefined && wheelDeltaY !== 0) return Math.abs(wheelDeltaY) % 120 !== 0;
  return Math.abs(deltaY) < 40;
}
