import type { ExpectedLeg } from './expected-legs.ts';
import type { Policy } from './policy.ts';
import type { RecordingRecord } from './recording-record.ts';
import type { RefusalReason } from './refusals.ts';
import type { TaskRecord } from './task-record.ts';

/** Rule 2: Calabrio has every leg that it should have. */
export function legRefusals(
  legs: readonly ExpectedLeg[],
  tasks: readonly TaskRecord[],
  { calabrio, deletion }: Policy,
): readonly RefusalReason[] {
  if (calabrio === undefined) return ['calabrio-not-configured'];
  // Without a task nobody can say whether an agent was there.
  if (legs.length === 0)
    return tasks.length > 0 && deletion.acceptLegs.includes('not-applicable') ? [] : ['no-agent-leg'];
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
