/** How many letters must be put in, taken out, changed, or swapped with their neighbour (optimal string alignment). */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const change = (row[j] as number) + (a[i] === b[j] ? 0 : 1);
      const swapped = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
      const swap = swapped ? (before[j - 1] as number) + 1 : Infinity;
      next.push(Math.min((next[j] as number) + 1, (row[j + 1] as number) + 1, change, swap));
    }
    before = row;
    row = next;
  }
  return row[b.length] as number;
}
