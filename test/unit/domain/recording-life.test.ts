import { nextDueAt } from '../../../lambdas/shared/domain/next-due.ts';
import {
  addTask,
  applyArchive,
  applyAttempt,
  applyMediaMissing,
  applySource,
  applyWait,
  mediaGiveUpSeconds,
  mediaPatienceSeconds,
  newRecording,
} from '../../../lambdas/shared/domain/recording-life.ts';
import type { ArchiveFacet, RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import { isEmpty, isFinal } from '../../../lambdas/shared/domain/source-status.ts';
import { sids } from '../../support/example-sids.ts';

const at = (text: string): Date => new Date(`2026-03-02T${text}Z`);
const fresh = newRecording(
  { recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'callback' },
  at('10:00:00'),
);
const verified: ArchiveFacet = {
  state: 'verified',
  verifiedAt: at('10:01:20'),
  audio: {
    key: `${sids.account()}/2026/03/02/${sids.recording()}.wav`,
    sizeBytes: 960_044,
    sha256: 'ab'.repeat(32),
    crc64Nvme: 'AAAAAAAAAAA=',
    contentType: 'audio/wav',
    channels: 1,
    durationSeconds: 60,
    storedAt: at('10:01:15'),
  },
};
const atRest: readonly (readonly [string, RecordingRecord])[] = [
  ['verified', applyArchive(fresh, verified)],
  ['failed for good', applyArchive(fresh, { state: 'failed', reason: 'media-never-came' })],
  ['mismatched', applyArchive(fresh, { state: 'mismatched', reason: 'another object' })],
  ['absent', applySource(fresh, { status: 'absent' })],
];

describe('a recording that is open', () => {
  it('is looked at again an hour after it was first seen', () => {
    expect(fresh.dueAt).toEqual(at('11:00:00'));
  });

  it('is looked at again an hour after the last attempt', () => {
    expect(applyAttempt(fresh, at('10:30:00')).dueAt).toEqual(at('11:30:00'));
  });

  it('is looked at more rarely with its age: after ten days every ten hours', () => {
    const tenDaysLater = new Date(fresh.firstSeenAt.getTime() + 10 * 24 * 3600 * 1000);

    expect(applyAttempt(fresh, tenDaysLater).dueAt).toEqual(new Date(tenDaysLater.getTime() + 10 * 3600 * 1000));
  });

  it('is reviewed an hour after the last attempt too, when its review was due', () => {
    const reviewed = { ...fresh, reviewAt: at('10:29:00') };

    expect(applyAttempt(reviewed, at('10:30:00')).reviewAt).toEqual(at('11:30:00'));
    expect(applyAttempt(reviewed, at('10:28:00')).reviewAt).toEqual(at('10:29:00'));
    expect(applyAttempt(fresh, at('10:30:00')).reviewAt).toBeUndefined();
  });

  it('is looked at again when a wait that was chosen is over', () => {
    expect(applyWait(fresh, at('10:00:00'), 600).dueAt).toEqual(at('10:10:00'));
  });
});

describe.each(atRest)('a recording that is %s', (_state, record) => {
  it('is due no more, whatever is tried and waited for', () => {
    expect(record.dueAt).toBeUndefined();
    expect(applyAttempt(record, at('12:00:00')).dueAt).toBeUndefined();
    expect(applyWait(record, at('12:00:00'), 600).dueAt).toBeUndefined();
  });
});

describe('a recording’s archive', () => {
  it('stays verified', () => {
    const record = applyArchive(fresh, verified);

    expect(applyArchive(record, { state: 'failed', reason: 'media-never-came' })).toEqual(record);
  });

  it('that was given up is stored after all when the media comes', () => {
    const failed = applyArchive(fresh, { state: 'failed', reason: 'media-never-came' });

    expect(applyArchive(failed, verified).archive).toEqual(verified);
  });
});

describe('a recording’s source', () => {
  it('called failed and then completed is complete, without its error', () => {
    const failed = applySource(fresh, { status: 'failed', errorCode: '16101' });

    expect(applySource(failed, { status: 'completed', channels: 2 }).source).toEqual({
      status: 'completed',
      channels: 2,
    });
  });

  it('keeps the resource’s two channels when the callback of its beginning comes late and says one', () => {
    const complete = applySource(fresh, { status: 'completed', channels: 2, durationSeconds: 60 });

    expect(applySource(complete, { status: 'in-progress', channels: 1, callSid: sids.call() }).source).toEqual({
      status: 'completed',
      channels: 2,
      durationSeconds: 60,
      callSid: sids.call(),
    });
  });
});

describe('an erased recording', () => {
  const erased: RecordingRecord = { ...fresh, erasure: { state: 'erased', erasedAt: at('11:00:00') } };

  it('has no appointment any more', () => {
    const due = { ...fresh, dueAt: at('11:00:00'), reviewAt: at('10:30:00') };

    expect(nextDueAt(due)).toEqual(at('10:30:00'));
    expect(nextDueAt({ ...due, erasure: { state: 'erased', erasedAt: at('10:10:00') } })).toBeUndefined();
  });

  it('is not brought back by a copy that was under way, or by news of its source', () => {
    expect(applyArchive(erased, verified)).toEqual(erased);
    expect(applySource(erased, { status: 'completed', channels: 2 })).toEqual(erased);
  });
});

describe('missing media', () => {
  it('is missing since the first time it was asked for', () => {
    const once = applyMediaMissing(fresh, at('10:02:00'));

    expect(applyMediaMissing(once, at('10:09:00')).mediaMissingSince).toEqual(at('10:02:00'));
  });

  it('is asked for 15 minutes by its message, and given up after 6 hours', () => {
    expect([mediaPatienceSeconds, mediaGiveUpSeconds]).toEqual([900, 21_600]);
  });
});

describe('a recording’s tasks', () => {
  it('are each named once, in the order of their SIDs', () => {
    const record = [sids.task(2), sids.task(1), sids.task(2)].reduce(addTask, fresh);

    expect(record.taskSids).toEqual([sids.task(1), sids.task(2)]);
  });
});

describe('a status', () => {
  const statuses = [
    'unknown',
    'in-progress',
    'paused',
    'stopped',
    'processing',
    'completed',
    'absent',
    'failed',
    'deleted',
  ] as const;

  it('is final when Twilio will not change the recording any more', () => {
    expect(statuses.filter(isFinal)).toEqual(['completed', 'absent', 'failed', 'deleted']);
  });

  it('is empty when there is no sound and never will be', () => {
    expect(statuses.filter(isEmpty)).toEqual(['absent', 'failed']);
  });
});
