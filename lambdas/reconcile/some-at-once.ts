/** So many calls of the table or a queue at once: more than wait for each other, fewer than are throttled. */
const atOnce = 32;

/** What `work` makes of each, in their order, some at once. */
export async function someAtOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += atOnce)
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  return results;
}
