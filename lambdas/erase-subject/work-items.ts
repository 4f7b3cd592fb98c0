import type { CalabrioWorkItem, ErasureRequest } from '../shared/domain/erasure/erasure-request.ts';
import { recordingSid } from '../shared/domain/sids.ts';
import { changeRequest } from './change-request.ts';
import type { Because, EraseSubjectNeeds } from './needs.ts';

/** So many go into one request. More contacts than that no two hundred calls have, and an item holds 400 KB. */
const mostWorkItems = 1000;

/** Writes down what Calabrio has of the recordings, as long as their records still say so: only there can it be deleted. */
export async function keepCalabrioItems(
  has: EraseSubjectNeeds,
  request: ErasureRequest,
  { erasureId }: Because,
): Promise<void> {
  const records = await Promise.all(
    request.items
      .map(({ sid }) => sid)
      .filter(recordingSid.is)
      .map((sid) => has.ledger.readRecording(sid)),
  );
  const found = records
    .filter((record) => record !== undefined)
    .flatMap(({ recordingSid: sid, contacts }) =>
      contacts.map(({ ccrId, sessionId, legId }): CalabrioWorkItem => ({ recordingSid: sid, ccrId, sessionId, legId })),
    );
  await changeRequest(has, erasureId, (before) => {
    const known = new Set(before.calabrio.map((item) => `${item.recordingSid} ${item.ccrId}`));
    const added = found.filter(({ recordingSid: sid, ccrId }) => {
      const isNew = !known.has(`${sid} ${ccrId}`);
      known.add(`${sid} ${ccrId}`);
      return isNew;
    });
    return added.length === 0
      ? before
      : { ...before, calabrio: [...before.calabrio, ...added].slice(0, mostWorkItems) };
  });
}
