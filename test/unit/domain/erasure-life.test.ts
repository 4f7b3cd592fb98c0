import {
  beginErasure,
  recordingTombstone,
  taskTombstone,
  isTombstoned,
  requestErasure,
} from '../../../lambdas/shared/domain/erasure/erasure-life.ts';
import { sids } from '../../support/example-sids.ts';
import { exampleRecording, fullRecording, fullTask } from '../../support/ledger/example-records.ts';

const at = new Date('2026-11-20T12:00:00Z');
const later = new Date('2026-11-20T13:00:00Z');
const hold = { matter: 'CASE-17', placedBy: 'grace', why: 'a claim', placedAt: at };
const asked = requestErasure(exampleRecording(), { at, erasureId: 'er-1' });

describe('an erasure that was asked for', () => {
  it('makes a tombstone of it for everybody else at once', () => {
    expect(isTombstoned(exampleRecording())).toBe(false);
    expect(isTombstoned(asked)).toBe(true);
  });

  it('stays the first one’s', () => {
    expect(requestErasure(asked, { at: later, erasureId: 'er-2' })).toEqual(asked);
  });

  it('waits for a hold, whichever came first: what is held lives on', () => {
    const held = { ...exampleRecording(), holds: [hold] };

    expect(isTombstoned({ ...asked, holds: [hold] })).toBe(false);
    expect(isTombstoned(requestErasure(held, { at }))).toBe(false);
    expect(isTombstoned({ ...requestErasure(held, { at }), holds: [] })).toBe(true);
  });

  it('cannot begin under a hold, and what has begun is out of sight, held or not', () => {
    expect(beginErasure({ ...asked, holds: [hold] }, later)).toEqual({ ...asked, holds: [hold] });
    expect(beginErasure(exampleRecording(), later)).toEqual(exampleRecording());
    expect(isTombstoned({ ...beginErasure(asked, later), holds: [hold] })).toBe(true);
  });
});

describe('a tombstone', () => {
  it('of a recording says whose it was and when, and nothing of its copy, its contacts or its encryption', () => {
    const tomb = recordingTombstone(fullRecording(), { at, erasureId: 'er-1' });

    expect(tomb).toEqual({
      ...{ recordingSid: sids.recording(), version: 0, accountSid: sids.account(), foundBy: 'callback' },
      firstSeenAt: new Date('2026-11-20T10:04:00.000Z'),
      source: {
        ...{ status: 'completed', startedAt: new Date('2026-11-20T10:00:06.000Z') },
        ...{ callSid: sids.call(), conferenceSid: sids.conference() },
      },
      ...{ archive: { state: 'none' }, taskSids: [sids.task(), sids.task(2)], linkRevoked: true },
      ...{ contacts: [], verifications: [], holds: [], reports: [] },
      deletion: { state: 'intended', intendedAt: new Date('2026-11-20T12:00:00.000Z') },
      erasure: { state: 'erased', erasedAt: at, erasureId: 'er-1' },
    });
  });

  it('of a task keeps SIDs, times and queues, and nothing that its attributes said', () => {
    const task = {
      ...fullTask(),
      ...{ subjectHashes: ['q83vEjRWeJA'], keeping: { clientId: '4711', consent: 'given' } as const },
    };

    const tomb = taskTombstone(task, { at, erasureId: 'er-1' });

    for (const gone of ['conversationId', 'subjectHashes', 'keeping', 'enrichment', 'dueAt'])
      expect(tomb).not.toHaveProperty(gone);
    expect(tomb.link).not.toHaveProperty('replaced');
    expect(tomb).toMatchObject({
      ...{ taskSid: sids.task(), callSids: [sids.call(), sids.call(2)], taskQueueSid: sids.queue() },
      ...{ endedBy: 'completed', erased: { at, erasureId: 'er-1' } },
    });
  });

  it('is never changed again', () => {
    const tomb = recordingTombstone(fullRecording(), { at });
    const task = taskTombstone(fullTask(), { at, erasureId: 'er-1' });

    expect(recordingTombstone(tomb, { at: later })).toEqual(tomb);
    expect(taskTombstone(task, { at: later, erasureId: 'er-2' })).toEqual(task);
  });
});
