import { isDeepStrictEqual } from 'node:util';
import type { ErasureItem, ErasureItemState, ErasureRequest } from '../shared/domain/erasure/erasure-request.ts';
import { PermanentError, RetryableError } from '../shared/domain/outcome.ts';
import type { EraseSubjectNeeds } from './needs.ts';

type Needs = Pick<EraseSubjectNeeds, 'erasures' | 'meter'>;

/** How often two deliveries may collide on one request before the message is left for later. */
const maxCollisions = 10;

/**
 * Changes the request on the version that was read, and reads again when it lost; nothing is written when nothing changes.
 *
 * @throws {RetryableError} `ledger-contended` after ten collisions.
 * @throws {PermanentError} `erasure-unknown` when the ledger has no such request.
 */
export async function changeRequest(
  has: Needs,
  erasureId: string,
  change: (request: ErasureRequest) => ErasureRequest,
): Promise<ErasureRequest> {
  for (let collision = 0; collision < maxCollisions; collision += 1) {
    const before = await readRequest(has, erasureId);
    const after = change(before);
    if (isDeepStrictEqual(before, after)) return before;
    if ((await has.erasures.save(after)) === 'saved') return { ...after, version: after.version + 1 };
  }
  throw new RetryableError(`erasure ${erasureId} was changed by others ${maxCollisions} times while we tried to`, {
    reason: 'ledger-contended',
  });
}

export async function readRequest(has: Pick<Needs, 'erasures'>, erasureId: string): Promise<ErasureRequest> {
  const request = await has.erasures.read(erasureId);
  if (request !== undefined) return request;
  throw new PermanentError(`the ledger knows no erasure ${erasureId}: the request comes before its message`, {
    reason: 'erasure-unknown',
  });
}

/**
 * Writes down where the item stands; what it came to is measured when that is news. Of what was held until now others may
 * have begun something until now: that is waited for afresh.
 */
export async function noteItem(
  has: Needs & Pick<EraseSubjectNeeds, 'now'>,
  erasureId: string,
  sid: ErasureItem['sid'],
  state: ErasureItemState,
): Promise<void> {
  let isNews = false;
  await changeRequest(has, erasureId, (request) => {
    const before = request.items.find((item) => item.sid === sid)?.state;
    isNews = before?.kind !== state.kind;
    return {
      ...request,
      ...(isNews && before?.kind === 'held' && { markedAt: has.now() }),
      items: request.items.map((item) => (item.sid === sid ? { sid, state: soFar(item.state, state) } : item)),
    };
  });
  if (isNews && state.kind !== 'open')
    has.meter.measure({ name: 'erasedItems', outcome: state.kind, unit: 'Count', value: 1 });
}

/** A later look at what is erased adds to its objects, and never unlearns that Twilio's were deleted. */
function soFar(before: ErasureItemState, now: ErasureItemState): ErasureItemState {
  if (before.kind !== 'erased' || now.kind !== 'erased') return now;
  return { ...before, objects: before.objects + now.objects };
}
