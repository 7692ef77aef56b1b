/** The cards of a large graph that come into view are drawn in full one after the other, and what moves goes on meanwhile. */
import { useStoreApi } from "@xyflow/react";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { MANY } from "./detail";

type Line = Set<() => void>;

/** So many milliseconds of a frame are for drawing cards. */
const SHARE = 6;

const waiting = new WeakMap<object, Line>();

/** Whether it is a card's turn to be drawn in full. `wanted`: it would be drawn so. */
export function useTurn(wanted: boolean): boolean {
  const flow = useStoreApi();
  const [isOn, setIsOn] = useState(() => flow.getState().nodes.length <= MANY);
  useEffect(() => {
    if (isOn || !wanted) return;
    const draw = () => flushSync(() => setIsOn(true));
    const line = lineOf(flow);
    line.add(draw);
    return () => void line.delete(draw);
  }, [flow, isOn, wanted]);
  return isOn;
}

/** Whether cards wait for their turn. */
export function areWaiting(flow: object): boolean {
  return (waiting.get(flow)?.size ?? 0) > 0;
}

/** Draws of those that wait the first, and others until its share of the frame is used up. */
export function drawSome(line: Line, now: () => number): void {
  const end = now() + SHARE;
  for (const draw of line) {
    line.delete(draw);
    draw();
    if (now() >= end) return;
  }
}

function lineOf(flow: object): Line {
  const known = waiting.get(flow);
  if (known) return known;
  const line: Line = new Set();
  waiting.set(flow, line);
  const next = () => {
    drawSome(line, () => performance.now());
    if (line.size > 0) requestAnimationFrame(next);
    else waiting.delete(flow);
  };
  requestAnimationFrame(next);
  return line;
}
