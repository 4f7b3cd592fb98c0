import { RetryableError } from '../domain/outcome.ts';
import type { ErasureRequests } from '../ports/erasure-requests.ts';

/** How often two writers may collide on one request before the message is left for later. */
const maxCollisions = 10;

/**
 * Something of an erasure turned up after it was thought done: it is due at once, and whoever takes it up looks for
 * everything again. So is one that is open: its last look may be under way, and have looked where this now is. A second
 * call at the same moment changes nothing.
 *
 * @throws {RetryableError} `ledger-contended` after ten collisions.
 */
export async function reopenErasure(
  has: { readonly erasures: Pick<ErasureRequests, 'read' | 'save'>; readonly now: () => Date },
  erasureId: string,
): Promise<void> {
  for (let collision = 0; collision < maxCollisions; collision += 1) {
    const request = await has.erasures.read(erasureId);
    if (request === undefined) return;
    const at = has.now();
    if (request.state === 'open' && request.dueAt?.getTime() === at.getTime()) return;
    const { finishedAt: _before, ...rest } = request;
    if ((await has.erasures.save({ ...rest, state: 'open', dueAt: at })) === 'saved') return;
  }
  throw new RetryableError(`erasure ${erasureId} was changed by others ${maxCollisions} times while we tried to`, {
    reason: 'ledger-contended',
  });
}
