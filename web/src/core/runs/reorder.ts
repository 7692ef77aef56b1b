/** The names with one of them at another place. */
export function moved(names: readonly string[], name: string, to: number): readonly string[] {
  const from = names.indexOf(name);
  const place = Math.max(0, Math.min(names.length - 1, to));
  if (from < 0 || from === place) return names;
  return names.toSpliced(from, 1).toSpliced(place, 0, name);
}

/** Where what is held at a height belongs among rows; `middles`: the heights of their middles, `from`: its own row. */
export function placeAt(height: number, middles: readonly number[], from: number): number {
  const before = middles.filter((middle, index) => index !== from && middle < height).length;
  return Math.min(before, middles.length - 1);
}
