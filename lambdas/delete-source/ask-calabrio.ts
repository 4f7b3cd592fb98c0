import { applyEvent } from '../shared/domain/recording-events.ts';
import type { ContactVerification } from '../shared/domain/recording-record.ts';
import type { CalabrioContacts } from '../shared/ports/calabrio-contacts.ts';
import { changeRecording } from '../shared/steps/change-record.ts';
import type { Because, DeleteSourceNeeds } from './needs.ts';
import type { Planned } from './plan-source.ts';
import { readVerification } from './read-verification.ts';

/** True when nothing but the API's word is missing, its time has come, and there is an API to ask. */
export function isApiToBeAsked({ plan }: Pick<Planned, 'plan'>, contacts: CalabrioContacts | undefined): boolean {
  return (
    contacts !== undefined &&
    plan.refusals.length > 0 &&
    plan.refusals.every((reason) => reason === 'api-unconfirmed') &&
    plan.actions.some(({ kind }) => kind === 'delete-source')
  );
}

/**
 * Asks Calabrio's API for every contact that completed a leg and is not confirmed yet, and keeps what it said. What
 * follows from that is planned afterwards, on the record as it is then stored.
 */
export async function askCalabrio(
  has: DeleteSourceNeeds,
  contacts: CalabrioContacts,
  { recording, tasks, plan }: Planned,
  because: Because,
): Promise<void> {
  const known = new Map(recording.verifications.map((verification) => [verification.ccrId, verification.result]));
  const named = plan.legs.filter(({ state }) => state === 'complete').flatMap(({ ccrIds }) => ccrIds);
  const open = [...new Set(named)].filter((ccrId) => known.get(ccrId) !== 'confirmed');
  const found: ContactVerification[] = [];
  for (const ccrId of open) {
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
