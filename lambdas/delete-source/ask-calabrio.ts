import type { ExpectedLeg } from '../shared/domain/expected-legs.ts';
import { applyEvent } from '../shared/domain/recording-events.ts';
import type { ContactVerification } from '../shared/domain/recording-record.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import type { CalabrioContacts } from '../shared/ports/calabrio-contacts.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import type { Because, DeleteSourceNeeds } from './needs.ts';
import type { Planned } from './plan-source.ts';
import { readVerification } from './read-verification.ts';

/** What the API confirmed longer ago is asked for again: a hold, or the cap, may have kept the source for months since. */
const confirmedForSeconds = 24 * 3600;

/** True when nothing but the API's word is missing, or nothing at all and that word is old, and there is an API to ask. */
export function isApiToBeAsked(
  { policy }: Pick<DeleteSourceNeeds, 'policy'>,
  planned: Planned,
  contacts: CalabrioContacts | undefined,
): boolean {
  const { refusals, actions } = planned.plan;
  if (contacts === undefined || !actions.some(({ kind }) => kind === 'delete-source')) return false;
  if (refusals.length > 0) return refusals.every((reason) => reason === 'api-unconfirmed');
  const { deletion, calabrio } = policy;
  const isWordNeeded = deletion.confirmedBy !== 'archive' && calabrio?.isApiConfigured === true;
  if (!isWordNeeded || calabrio.verify === 'off') return false;
  return completeLegs(planned).some(({ ccrIds }) => ccrIds.every((ccrId) => !isConfirmedLately(planned, ccrId)));
}

function completeLegs({ plan }: Planned): readonly ExpectedLeg[] {
  return plan.legs.filter(({ state }) => state === 'complete');
}

function isConfirmedLately({ recording, at }: Planned, ccrId: number): boolean {
  return recording.verifications.some(
    ({ ccrId: of, result, checkedAt }) =>
      of === ccrId && result === 'confirmed' && at < secondsAfter(checkedAt, confirmedForSeconds),
  );
}

/**
 * Asks Calabrio's API for every contact that completed a leg and was not confirmed lately, and keeps what it said. What
 * follows from that is planned afterwards, on the record as it is then stored.
 */
export async function askCalabrio(
  has: DeleteSourceNeeds,
  contacts: CalabrioContacts,
  planned: Planned,
  because: Because,
): Promise<void> {
  const { recording, tasks } = planned;
  const known = new Map(recording.verifications.map((verification) => [verification.ccrId, verification.result]));
  const found: ContactVerification[] = [];
  const named = new Set(completeLegs(planned).flatMap(({ ccrIds }) => ccrIds));
  for (const ccrId of [...named].filter((one) => !isConfirmedLately(planned, one))) {
    const contact = await contacts.fetch(ccrId);
    const said = readVerification(contact, { recording, tasks, names: has.metadataNames });
    found.push({ ccrId, checkedAt: has.now(), ...said });
  }
  await changeRecording(has.ledger, recording.recordingSid, (before = recording) => ({
    record: found.reduce((sofar, verification) => applyEvent(sofar, { kind: 'verification', verification }), before),
    timeline: found.map(({ ccrId, result, checkedAt, why }) => ({
      ...because,
      occurredAt: checkedAt,
      what: `contact ${ccrId} ${result} by the API`,
      before: known.get(ccrId) ?? 'not asked',
      after: why ?? result,
    })),
  }));
}
