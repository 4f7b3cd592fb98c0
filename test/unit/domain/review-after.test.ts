import { planRecording } from '../../../lambdas/shared/domain/plan-recording.ts';
import type { Policy } from '../../../lambdas/shared/domain/policy.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord } from '../../../lambdas/shared/domain/task-record.ts';
import { exampleCalabrio, examplePolicy } from '../../support/example-policy.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleTask } from '../../support/ledger/example-records.ts';

const at = (text: string): Date => new Date(`2026-11-${text}Z`);
const recording: RecordingRecord = {
  ...newRecording(
    { recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'callback' },
    at('20T10:00:00'),
  ),
  source: { status: 'completed', channels: 2, durationSeconds: 60, conferenceSid: sids.conference() },
  taskSids: [sids.task()],
  archive: {
    state: 'verified',
    verifiedAt: at('20T10:06:00'),
    audio: {
      key: 'k',
      versionId: 'v1',
      sizeBytes: 1_920_044,
      sha256: 'ab'.repeat(32),
      crc64Nvme: 'AAAAAAAAAAA=',
      contentType: 'audio/wav',
      channels: 2,
      durationSeconds: 60,
      storedAt: at('20T10:05:50'),
    },
  },
};
const task: TaskRecord = exampleTask({
  conferenceSids: [sids.conference()],
  legs: [{ reservationSid: sids.reservation(), acceptedAt: at('20T10:00:05'), completedAt: at('20T10:04:50') }],
  link: { state: 'written', writes: 1, seenAt: at('20T10:06:00') },
  endedAt: at('20T10:05:00'),
  endedBy: 'completed',
});
const complete: RecordingRecord = {
  ...recording,
  contacts: [
    {
      hash: 'h',
      ccrId: 501,
      sessionId: sids.conference(),
      legId: sids.reservation(),
      status: 'COMPLETE',
      firstReceivedAt: at('20T12:00:00'),
      lastReceivedAt: at('20T12:00:00'),
      isContradictory: false,
    },
  ],
};
const day = 24 * 3600;

const looksAgain = (of: RecordingRecord, policy: Policy, now: Date): Date | undefined =>
  planRecording(of, [task], policy, now).reviewAt;

describe('a recording is looked at again', () => {
  it('a second after its grace is over', () => {
    const policy = examplePolicy({ graceSeconds: 7 * day });

    expect(looksAgain(complete, policy, at('20T12:00:01'))).toEqual(at('27T12:00:01'));
  });

  it('a second after its leg timed out, 72 hours after its end', () => {
    expect(looksAgain(recording, examplePolicy(), at('20T12:00:00'))).toEqual(at('23T10:04:51'));
  });

  it('an hour later, while Calabrio’s API does not know the contact yet', () => {
    const policy = examplePolicy({}, { calabrio: exampleCalabrio({ verify: 'required', isApiConfigured: true }) });

    expect(looksAgain(complete, policy, at('20T13:00:00'))).toEqual(at('20T14:00:01'));
  });

  it('15 minutes later, while a deletion of ours is unfinished', () => {
    const intended: RecordingRecord = { ...complete, deletion: { state: 'intended', intendedAt: at('20T13:00:00') } };

    expect(looksAgain(intended, examplePolicy(), at('20T13:00:00'))).toEqual(at('20T13:15:01'));
  });
});

describe('a recording is not looked at again', () => {
  it.each<readonly [string, RecordingRecord, Policy]>([
    [
      'while it is held',
      { ...complete, holds: [{ matter: 'claim 7', placedBy: 'ada', why: 'a claim', placedAt: at('20T11:00:00') }] },
      examplePolicy({ graceSeconds: 7 * day }),
    ],
    ['while deletion is switched off', complete, examplePolicy({ enabled: false, graceSeconds: 7 * day })],
    ['of an account that is not allowed', complete, examplePolicy({ allowedAccountSids: [], graceSeconds: 7 * day })],
    [
      'when it is gone',
      { ...complete, deletion: { state: 'gone-external', foundAt: at('20T11:00:00') } },
      examplePolicy({ graceSeconds: 7 * day }),
    ],
    [
      'when it is erased',
      { ...complete, erasure: { state: 'erased', erasedAt: at('20T11:00:00') } },
      examplePolicy({ graceSeconds: 7 * day }),
    ],
  ])('%s', (_when, of, policy) => {
    expect(looksAgain(of, policy, at('20T13:00:00'))).toBeUndefined();
  });
});
