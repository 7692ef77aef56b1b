/**
 * Asks for things again when they changed: one question at a time, so that no answer overtakes another, and one for
 * all that was wanted meanwhile. What fails isn't asked again by itself: the next event or reconnection does.
 */
export function refresher(read: (wanted: readonly string[]) => Promise<void>): (...wanted: string[]) => Promise<void> {
  const wanted = new Set<string>();
  let asking: Promise<void> | null = null;
  const ask = async () => {
    while (wanted.size > 0) {
      const now = [...wanted];
      wanted.clear();
      try {
        await read(now);
      } catch {
        // gone or out of reach
      }
    }
    asking = null;
  };
  return (...more) => {
    for (const each of more) wanted.add(each);
    if (wanted.size === 0) return Promise.resolve();
    return (asking ??= ask());
  };
}
