import { useEffect, useState } from "react";
import { discard, type Leftover, leftovers, takeOver } from "../../state/drafts/leftovers";
import { titleOf } from "../../state/drafts/draft";
import { text } from "../../text";

/** What closed windows left that isn't saved: each can be opened here, or discarded. */
export function Leftovers({ done }: { done?(): void }) {
  const [found, setFound] = useState<readonly Leftover[]>([]);
  const load = () => void leftovers().then(setFound, () => setFound([]));
  useEffect(load, []);
  if (found.length === 0) return null;
  return (
    <section className="leftovers" aria-label={text.drafts.title}>
      <h3>{text.drafts.title}</h3>
      <ul>
        {found.map((leftover) => (
          <li key={leftover.window}>
            <span>
              {leftover.drafts.map(titleOf).join(", ")} <span className="hint">{text.time.moment(leftover.at)}</span>
            </span>
            <button type="button" onClick={() => void takeOver(leftover).then(() => done?.())}>
              {text.drafts.open}
            </button>
            <button type="button" onClick={() => void discard(leftover).then(load)}>
              {text.drafts.discard}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
