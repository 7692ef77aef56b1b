/** What closed windows left that the server doesn't have: it is offered, and is opened or discarded once. */
import { useTabs } from "../tabs";
import { type Draft, isWorthKeeping, tabOf } from "./draft";
import * as kept from "./kept";
import { hold, living } from "./windows";

export interface Leftover {
  readonly window: string;
  readonly at: number;
  readonly drafts: readonly Draft[];
}

export async function leftovers(): Promise<readonly Leftover[]> {
  const open = await living();
  const found: Leftover[] = [];
  for (const [window, { at }] of await kept.windows()) {
    if (open.has(window)) continue;
    const drafts = (await kept.read(window))?.tabs.filter(isWorthKeeping) ?? [];
    if (drafts.length > 0) found.push({ window, at, drafts });
  }
  return found;
}

/** Open here what a closed window left; it is this window's from then on. */
export async function takeOver({ window, drafts }: Leftover): Promise<void> {
  if (!(await hold(window))) return; // another one was quicker
  for (const draft of drafts) {
    const tab = tabOf(draft);
    if (tab === null) continue;
    const { tabs, active } = useTabs.getState();
    useTabs.setState({ tabs: [...tabs.filter((each) => each.id !== tab.id), tab], active: active === tab.id ? active : tab.id });
  }
  await kept.forget(window);
}

export const discard = ({ window }: Leftover): Promise<void> => kept.forget(window);
