import { legRefusals } from '../../../lambdas/shared/domain/leg-refusals.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { RecordingContact } from '../../../lambdas/shared/domain/recording-record.ts';
import type { RefusalReason } from '../../../lambdas/shared/domain/refusals.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';

const at = (text: string): Date => new Date(`2026-11-20T${text}Z`);

function said(status: string, time: string, changes: Partial<RecordingContact> = {}): RecordingContact {
  const received = { firstReceivedAt: at(time), lastReceivedAt: at(time) };
  const ids = { ccrId: 501, sessionId: sids.conference(), legId: '' };
  return { hash: `${status} at ${time}`, status, isContradictory: false, ...ids, ...received, ...changes };
}

/** Of a call without any agent, under a policy that accepts that. */
function refusalsOf(...contacts: readonly RecordingContact[]): readonly RefusalReason[] {
  return refusalsWith({}, ...contacts);
}

/** The same, of a task with these facts. */
function refusalsWith(task: Partial<TaskRecord>, ...contacts: readonly RecordingContact[]): readonly RefusalReason[] {
  const of = { recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'callback' } as const;
  const recording = { ...newRecording(of, at('10:00:00')), contacts };
  return legRefusals(
    recording,
    [],
    [exampleTask({ ...task, legs: [] })],
    examplePolicy({ acceptLegs: ['not-applicable'] }),
  );
}

describe('a call without any agent, where the policy accepts that', () => {
  it('waits for nobody', () => {
    expect(refusalsOf()).toEqual([]);
    expect(refusalsOf(said('COMPLETE', '10:05:00'))).toEqual([]);
  });

  it('stays where the task was only found gone: who was there, nobody has told us either', () => {
    expect(refusalsWith({ endedAt: at('10:04:00'), endedBy: 'gone' })).toEqual(['no-agent-leg']);
    expect(refusalsWith({ endedAt: at('10:04:00'), endedBy: 'deleted' })).toEqual([]);
  });

  it('stays all the same while Calabrio’s last word of one of its contacts is FAILED', () => {
    expect(refusalsOf(said('FAILED', '10:05:00'))).toEqual(['leg-failed']);
    expect(refusalsOf(said('COMPLETE', '10:05:00'), said('FAILED', '10:06:00'))).toEqual(['leg-failed']);
    expect(refusalsOf(said('FAILED', '10:05:00'), said('COMPLETE', '10:06:00', { ccrId: 502 }))).toEqual([
      'leg-failed',
    ]);
    expect(refusalsOf(said('FAILED', '10:05:00', { isContradictory: true }))).toEqual(['leg-failed']);
  });

  it('goes when that contact was completed afterwards, or was another recording’s', () => {
    expect(refusalsOf(said('FAILED', '10:05:00'), said('COMPLETE', '10:06:00'))).toEqual([]);
    expect(refusalsOf(said('FAILED', '10:05:00', { legId: sids.recording(9) }))).toEqual([]);
  });
});
