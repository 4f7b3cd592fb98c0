import type { ExpectedLeg } from './expected-legs.ts';
import { identifyContact } from './identify-contact.ts';
import type { Policy } from './policy.ts';
import type { RecordingRecord } from './recording-record.ts';
import type { RefusalReason } from './refusals.ts';
import type { TaskRecord } from './task-record.ts';

/** Rule 2: Calabrio has every leg that it should have. */
export function legRefusals(
  recording: RecordingRecord,
  legs: readonly ExpectedLeg[],
  tasks: readonly TaskRecord[],
  { calabrio, deletion }: Policy,
): readonly RefusalReason[] {
  if (calabrio === undefined) return ['calabrio-not-configured'];
  // Without a task nobody can say whether an agent was there, nor of one whose events were lost: its end was not told either.
  if (legs.length === 0) {
    const isUntold = tasks.length === 0 || tasks.some(({ endedBy }) => endedBy === 'gone');
    if (isUntold || !deletion.acceptLegs.includes('not-applicable')) return ['no-agent-leg'];
    return isFailedAnyway(recording, tasks) ? ['leg-failed'] : [];
  }
  const reasons = legs.flatMap(({ state }): RefusalReason[] => {
    switch (state) {
      case 'complete':
        return [];
      case 'none':
        return ['leg-missing'];
      case 'failed':
        return ['leg-failed'];
      case 'ambiguous':
        return ['leg-ambiguous'];
      case 'timed-out':
        return deletion.acceptLegs.includes('timed-out') ? [] : ['leg-timed-out'];
    }
  });
  return [...new Set(reasons)];
}

/** Calabrio failed with a recording of which we know no agent: whose part that was, we have not heard. */
function isFailedAnyway(recording: RecordingRecord, tasks: readonly TaskRecord[]): boolean {
  const { contacts } = recording;
  return contacts.some(
    (failed) =>
      failed.status === 'FAILED' &&
      identifyContact(failed, recording, tasks) !== 'other' &&
      !contacts.some(
        ({ status, ccrId, lastReceivedAt }) =>
          status === 'COMPLETE' && ccrId > 0 && ccrId === failed.ccrId && lastReceivedAt > failed.lastReceivedAt,
      ),
  );
}

/** Rule 3: Calabrio's own API says so too, where the policy asks it. */
export function verificationRefusals(
  { verifications }: RecordingRecord,
  legs: readonly ExpectedLeg[],
  { calabrio }: Policy,
): readonly RefusalReason[] {
  if (calabrio === undefined || calabrio.verify === 'off') return [];
  if (calabrio.verify === 'when-configured' && !calabrio.isApiConfigured) return [];
  if (verifications.some(({ result }) => result === 'mismatched')) return ['api-mismatch'];
  const isConfirmed = (ccrId: number): boolean =>
    verifications.some((verification) => verification.ccrId === ccrId && verification.result === 'confirmed');
  // Every leg that is complete needs one contact that the API knows; the others have their own refusals.
  const isOpen = legs.some(({ state, ccrIds }) => state === 'complete' && !ccrIds.some(isConfirmed));
  return isOpen ? ['api-unconfirmed'] : [];
}
