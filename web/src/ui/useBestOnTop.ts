import { type RefObject, useEffect, useRef } from "react";

/** For a list that is found anew with each letter: it is scrolled to its top then, where the best is. cmdk scrolls to where that was. */
export function useBestOnTop(typed: string): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef(typed);
  useEffect(() => {
    if (before.current !== typed) list.current?.scrollTo({ top: 0 });
    before.current = typed;
  }, [typed]);
  return list;
}
