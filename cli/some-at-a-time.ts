/** So many reads at once: a table on demand takes more, an operator's machine does not need to. */
const atATime = 16;

/** What `look` makes of each, in their order, some at a time. */
export async function someAtATime<T, R>(items: readonly T[], look: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += atATime) {
    results.push(...(await Promise.all(items.slice(start, start + atATime).map(look))));
  }
  return results;
}
