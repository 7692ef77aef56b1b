/** Whether two lists hold the very same things in the same order. */
export function same<T>(before: readonly T[], after: readonly T[]): boolean {
  return before.length === after.length && before.every((each, index) => each === after[index]);
}
