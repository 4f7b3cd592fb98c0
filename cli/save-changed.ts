import { RetryableError } from '../lambdas/shared/domain/outcome.ts';
import type { SaveResult } from '../lambdas/shared/ports/ledger.ts';

/** How often two writers may collide before the person is asked to type it again. */
const maxCollisions = 10;

/**
 * Changes a record on the version that was read; a collision reads again and applies again. Nothing is saved when
 * `change` gives back what it was given.
 *
 * @throws {RetryableError} after ten collisions.
 */
export async function saveChanged<R extends { readonly version: number }>(
  read: () => Promise<R>,
  save: (record: R) => Promise<SaveResult>,
  change: (record: R) => R,
): Promise<{ readonly before: R; readonly after: R }> {
  for (let collision = 0; collision < maxCollisions; collision += 1) {
    const before = await read();
    const after = change(before);
    if (after === before || (await save(after)) === 'saved') return { before, after };
  }
  throw new RetryableError(`the record was changed by others ${maxCollisions} times meanwhile: type it again`, {
    reason: 'ledger-contended',
  });
}
