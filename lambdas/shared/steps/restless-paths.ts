import type { TaskAttributes } from '../domain/task-attributes.ts';

/** What rules made of attributes, and where they changed them. */
export interface Judged {
  readonly attributes: TaskAttributes;
  readonly changes: readonly { readonly path: string }[];
}

/** A rule may read what another has written, and pass it on; a chain of eight would be a long one. */
const mostLooks = 8;

/**
 * The paths that rules change again and again when they see their own work: one that counts up, or two that undo each
 * other. Empty as soon as a look at the result finds nothing more to do, which the first look mostly does.
 */
export async function restlessPaths(
  first: Judged,
  judgeAgain: (attributes: TaskAttributes) => Promise<Judged>,
): Promise<ReadonlySet<string>> {
  const restless = new Set<string>();
  let judged = first;
  for (let look = 1; look <= mostLooks; look += 1) {
    if (judged.changes.length === 0) return new Set();
    judged = await judgeAgain(judged.attributes);
    // What changed at first may have come to rest since.
    if (look > mostLooks / 2) for (const { path } of judged.changes) restless.add(path);
  }
  return judged.changes.length === 0 ? new Set() : restless;
}
