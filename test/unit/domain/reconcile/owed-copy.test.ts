import { isCopyOwed } from '../../../../lambdas/shared/domain/reconcile/owed-copy.ts';
import type { RecordingRecord } from '../../../../lambdas/shared/domain/recording-record.ts';
import { exampleRecording, fullRecording } from '../../../support/ledger/example-records.ts';

const now = new Date('2026-11-20T12:00:00Z');
const before = new Date('2026-11-20T11:59:59Z');
const later = new Date('2026-11-20T12:00:01Z');
const { archive: verified } = fullRecording();

describe('a copy is owed to a recording that Twilio lists as completed', () => {
  const owed: readonly (readonly [string, RecordingRecord | undefined, boolean])[] = [
    ['that the ledger does not know', undefined, true],
    ['whose time has passed', exampleRecording({ dueAt: before }), true],
    ['whose time is now', exampleRecording({ dueAt: now }), true],
    ['that is waited for on purpose', exampleRecording({ dueAt: later }), false],
    ['that has no time at all and no copy', exampleRecording(), true],
    ['that is archived', exampleRecording({ archive: verified, dueAt: before }), false],
    ['that waits for a person', exampleRecording({ archive: { state: 'mismatched', reason: 'other bytes' } }), false],
    ['that was given up', exampleRecording({ archive: { state: 'failed', reason: 'media-never-came' } }), false],
    ['that was said to be empty', exampleRecording({ source: { status: 'absent' } }), true],
    ['that is to be erased', exampleRecording({ erasure: { state: 'requested', requestedAt: before } }), false],
    ['that was erased', exampleRecording({ erasure: { state: 'erased', erasedAt: before } }), false],
  ];

  it.each(owed)('%s', (_which, record, isOwed) => {
    expect(isCopyOwed('completed', record, now)).toBe(isOwed);
  });

  it.each([
    ['in-progress', true],
    ['absent', true],
    ['deleted', false],
  ] as const)('not at Twilio completed but %s, and unknown: %p', (status, isOwed) => {
    expect(isCopyOwed(status, undefined, now)).toBe(isOwed);
  });

  it('and to none that Twilio and the ledger both know to be empty', () => {
    expect(isCopyOwed('absent', exampleRecording({ source: { status: 'absent' } }), now)).toBe(false);
  });
});
