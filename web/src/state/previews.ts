import type { RunView } from "../core/runs/view";

type Views = Readonly<Record<string, RunView>>;

/** Until a picture that was replaced is no longer drawn. */
const PAUSE = 1000;

/** Let go of the pictures that are in no view any more. */
export function letGo(before: Views, now: Views): void {
  if (before === now) return;
  const kept = addresses(now);
  for (const address of addresses(before)) if (!kept.has(address)) setTimeout(() => URL.revokeObjectURL(address), PAUSE);
}

function addresses(views: Views): Set<string> {
  return new Set(Object.values(views).flatMap(({ previews }) => Object.values(previews)));
}
