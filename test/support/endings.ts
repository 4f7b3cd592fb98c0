import type { ConferenceParticipant, ConferenceRecord } from '../../lambdas/shared/domain/conference-record.ts';
import type { EndingVocabulary } from '../../lambdas/shared/domain/enrichment/enrichment-config.ts';
import type { TaskRecord } from '../../lambdas/shared/domain/task-record.ts';
import { sids } from './example-sids.ts';
import { exampleTask } from './ledger/example-records.ts';

/** A moment of 20 November 2026, UTC. */
export const at = (time: string): Date => new Date(`2026-11-20T${time}Z`);

/** The words that plug-ins are seen to write; `system` is nobody's and made up here. */
export const words: EndingVocabulary = {
  customer: 'Customer',
  agent: 'Agent',
  system: 'System',
  consult: 'Consult',
  coldTransfer: 'Cold Transfer',
  warmTransfer: 'Warm Transfer',
  externalColdTransfer: 'External Cold Transfer',
  externalWarmTransfer: 'External Warm Transfer',
  externalTransfer: 'External Transfer',
};

export const customerCall = sids.call(1);
export const adasCall = sids.call(2);
export const bobsCall = sids.call(3);
export const adasPart = sids.reservation(1);
export const bobsPart = sids.reservation(2);

const ada = {
  reservationSid: adasPart,
  workerSid: sids.worker(1),
  workerCallSid: adasCall,
  acceptedAt: at('10:00:00'),
};
const bob = {
  reservationSid: bobsPart,
  workerSid: sids.worker(2),
  workerCallSid: bobsCall,
  acceptedAt: at('10:02:10'),
};

/** Ada's call from 10:00:00; `endedAt` is when her talk ended. */
export function adasTask(endedAt: string | undefined, changes: Partial<TaskRecord> = {}): TaskRecord {
  return exampleTask({
    channel: 'voice',
    customerCallSid: customerCall,
    conferenceSids: [sids.conference()],
    legs: [{ ...ada, ...(endedAt !== undefined && { wrapupAt: at(endedAt) }) }],
    workerCalls: [{ callSid: adasCall, firstSeenAt: at('10:00:01') }],
    ...changes,
  });
}

/** As Ada passes it at 10:02:00 to Bob, who accepts at 10:02:10 where `ends` names him. */
export function transferredTask(
  mode: 'WARM' | 'COLD' | undefined,
  ends: { readonly ada?: string; readonly bob?: string | 'talking' },
  changes: Partial<TaskRecord['transfers'][number]> = {},
): TaskRecord {
  const bobEnded = ends.bob === undefined || ends.bob === 'talking' ? undefined : at(ends.bob);
  const bobs = { ...bob, ...(bobEnded !== undefined && { wrapupAt: bobEnded }) };
  const alone = adasTask(ends.ada);
  return {
    ...alone,
    legs: [...alone.legs, ...(ends.bob === undefined ? [] : [bobs])],
    workerCalls: [
      ...alone.workerCalls,
      ...(ends.bob === undefined ? [] : [{ callSid: bobsCall, firstSeenAt: at('10:02:11') }]),
    ],
    transfers: [
      {
        transferSid: sids.transfer(),
        initiatedAt: at('10:02:00'),
        fromReservationSid: adasPart,
        toWorkerSid: sids.worker(2),
        ...(mode !== undefined && { mode }),
        ...(ends.bob !== undefined && { outcome: 'completed', endedAt: at('10:02:11') }),
        ...changes,
      },
    ],
  };
}

/** What the callbacks told of the conference. */
export function told(
  participants: readonly ConferenceParticipant[],
  changes: Partial<ConferenceRecord> = {},
): ConferenceRecord {
  return { conferenceSid: sids.conference(), version: 1, participants, ...changes };
}

/** Somebody of the conference; `left` is the time, the place among the callbacks, and the reason of the leaving. */
export function participant(
  callSid: ConferenceParticipant['callSid'],
  label: string | undefined,
  joined: readonly [string, number],
  left?: readonly [string, number, string?],
): ConferenceParticipant {
  const [joinedAt, joinedSequence] = joined;
  return {
    callSid,
    ...(label !== undefined && { label }),
    joinedAt: at(joinedAt),
    joinedSequence,
    ...(left !== undefined && {
      leftAt: at(left[0]),
      leftSequence: left[1],
      reasonLeft: left[2] ?? 'participant_hung_up',
    }),
  };
}
