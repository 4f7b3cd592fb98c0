import { isMendedByCopy, recordingFindings } from '../../../../lambdas/shared/domain/reconcile/compare-recording.ts';
import type { ComparedRecording } from '../../../../lambdas/shared/domain/reconcile/compare-recording.ts';
import type { RecordingRecord } from '../../../../lambdas/shared/domain/recording-record.ts';
import type { Policy } from '../../../../lambdas/shared/domain/policy.ts';
import { cautiousPolicy, exampleCalabrio, examplePolicy } from '../../../support/example-policy.ts';
import { sids } from '../../../support/example-sids.ts';
import { exampleRecording, exampleTask } from '../../../support/ledger/example-records.ts';

const now = new Date('2026-11-21T03:00:00Z');
const dayPrefix = `${sids.account()}/2026/11/20/`;
const key = `${dayPrefix}${sids.recording()}.wav`;
const recordedAt = new Date('2026-11-20T10:00:00Z');

const archive = {
  state: 'verified',
  verifiedAt: new Date('2026-11-20T10:05:00Z'),
  audio: {
    ...{ key, versionId: 'v1', sizeBytes: 160_044, sha256: 'a'.repeat(64), crc64Nvme: 'AAAAAAAAAAA=' },
    ...{ contentType: 'audio/x-wav', channels: 1, durationSeconds: 10, storedAt: recordedAt },
  },
} as const;
const source = { status: 'completed', startedAt: recordedAt, durationSeconds: 10, channels: 1 } as const;

/** An archived recording of a task that one agent took and that is over. */
const archived = exampleRecording({ source, archive, taskSids: [sids.task()] });
const task = exampleTask({
  endedAt: new Date('2026-11-20T10:02:00Z'),
  endedBy: 'completed',
  settledAt: new Date('2026-11-20T10:08:00Z'),
  link: { state: 'written', recordingSid: sids.recording(), writes: 1, seenAt: new Date('2026-11-20T10:02:30Z') },
  recordings: [{ recordingSid: sids.recording(), foundBy: 'list', kind: 'conference', isAbsent: false }],
});

function found(changes: Partial<ComparedRecording>, policy: Policy = cautiousPolicy()) {
  const facts = { atTwilio: 'completed', record: archived, tasks: [task], keys: [key] } as const;
  return recordingFindings({ recordingSid: sids.recording(), dayPrefix, ...facts, ...changes }, policy, now).map(
    ({ kind, why }) => `${kind}: ${why}`,
  );
}

const withArchive = (state: RecordingRecord['archive']): RecordingRecord => ({ ...archived, archive: state });

const overRetention = { className: 'short', decidedAt: recordedAt, until: new Date('2026-11-21T02:00:00Z') };

function heldAndRequested(record: RecordingRecord): RecordingRecord {
  const hold = { matter: 'M-1', placedBy: 'ada', why: 'a dispute', placedAt: recordedAt };
  return { ...record, holds: [hold], erasure: { state: 'requested', requestedAt: now } };
}

describe('missing-archive', () => {
  it.each([
    ['the ledger does not know it', { record: undefined, keys: [] }, 'unknown'],
    ['it is not archived', { record: withArchive({ state: 'none' }), keys: [] }, 'not-archived'],
    ['its copy is not proved', { record: withArchive({ state: 'stored', audio: archive.audio }) }, 'not-archived'],
    ['it was given up', { record: withArchive({ state: 'failed', reason: 'media-never-came' }), keys: [] }, 'failed'],
    ['its copy is doubted', { record: withArchive({ state: 'mismatched', reason: 'hash' }) }, 'mismatched'],
    [
      'it is held, which beats its erasure',
      { record: heldAndRequested(withArchive({ state: 'none' })), keys: [] },
      'not-archived',
    ],
    ['its object is not in the bucket', { keys: [`${dayPrefix}${sids.recording()}.json`] }, 'object-missing'],
  ] as const)('is found where %s', (_where, changes, why) => {
    expect(found(changes)).toContain(`missing-archive: ${why}`);
  });

  it.each([
    ['is archived', {}],
    ['is archived under another day', { dayPrefix: `${sids.account()}/2026/11/21/`, keys: [] }],
    ['still runs', { atTwilio: 'in-progress', record: undefined, keys: [] }],
    ['held nothing', { atTwilio: 'absent', record: undefined, keys: [] }],
    ['was erased', { record: { ...archived, erasure: { state: 'erased', erasedAt: now } }, keys: [] }],
    ['has had its time', { record: { ...archived, retention: overRetention }, keys: [] }],
    ['is being erased', { record: { ...archived, erasure: { state: 'requested', requestedAt: now } }, keys: [] }],
  ] as const)('is not found of one that %s', (_which, changes) => {
    expect(found(changes).filter((one) => one.startsWith('missing-archive'))).toEqual([]);
  });

  it('is mended by sending it where a copy can still be made, and no other finding is', () => {
    const sid = sids.recording();
    const mended = ['unknown', 'not-archived', 'failed', 'mismatched', 'object-missing'].map((why) =>
      isMendedByCopy({ kind: 'missing-archive', sid, why }),
    );

    expect(mended).toEqual([true, true, true, false, false]);
    expect(isMendedByCopy({ kind: 'gone-external', sid, why: 'not-archived' })).toBe(false);
  });
});

describe('gone-external', () => {
  const gone = { ...archived, deletion: { state: 'gone-external', foundAt: now } } as const;

  it.each([
    ['Twilio shows it as deleted and we did not', { atTwilio: 'deleted' }, 'archived'],
    ['Twilio has no trace of it', { atTwilio: 'not-there' }, 'archived'],
    ['the ledger knows it already', { atTwilio: 'deleted', record: gone }, 'archived'],
    ['nothing was archived', { atTwilio: 'deleted', record: withArchive({ state: 'none' }), keys: [] }, 'not-archived'],
    ['nobody ever told us of it', { atTwilio: 'deleted', record: undefined, keys: [] }, 'never-known'],
  ] as const)('is found where %s', (_where, changes, why) => {
    expect(found(changes)).toContain(`gone-external: ${why}`);
  });

  it.each([
    ['is there', {}],
    [
      'we deleted',
      {
        atTwilio: 'deleted',
        record: {
          ...archived,
          deletion: { state: 'deleted', intendedAt: now, deletedAt: now, confirmedBy: 'soft-deleted' },
        },
      },
    ],
    [
      'we are deleting',
      { atTwilio: 'deleted', record: { ...archived, deletion: { state: 'intended', intendedAt: now } } },
    ],
    ['held nothing', { atTwilio: 'not-there', record: { ...archived, source: { status: 'absent' } } }],
    ['was erased', { atTwilio: 'deleted', record: { ...archived, erasure: { state: 'erased', erasedAt: now } } }],
  ] as const)('is not found of one that %s', (_which, changes) => {
    expect(found(changes).filter((one) => one.startsWith('gone-external'))).toEqual([]);
  });
});

describe('orphan-object', () => {
  it('is found where the ledger has no record, whatever Twilio has, and where the record is a tombstone', () => {
    expect(found({ record: undefined, atTwilio: 'not-there' })).toEqual(['orphan-object: no-record']);
    expect(found({ record: { ...archived, erasure: { state: 'erased', erasedAt: now } } })).toEqual([
      'orphan-object: erased',
    ]);
  });

  it('is not found of a recording that the ledger knows, or where there is no object', () => {
    expect(found({})).not.toContain('orphan-object: no-record');
    expect(found({ record: undefined, keys: [], atTwilio: 'not-there' })).toEqual([]);
    expect(found({ record: { ...archived, erasure: { state: 'erased', erasedAt: now } }, keys: [] })).toEqual([]);
  });
});

describe('missing-calabrio', () => {
  const leg = { reservationSid: sids.reservation(), acceptedAt: recordedAt, completedAt: task.endedAt ?? now };
  const talked = { ...task, legs: [leg] };
  const complete = {
    ...{ hash: 'h', ccrId: 7, sessionId: sids.recording(), legId: sids.reservation(), status: 'COMPLETE' },
    ...{ firstReceivedAt: now, lastReceivedAt: now, isContradictory: false },
  };
  const policy = examplePolicy({}, { calabrio: exampleCalabrio({ legTimeoutSeconds: 3600 }) });

  it('is found where a leg is not confirmed: still waited for, timed out, or failed', () => {
    const patient = examplePolicy({}, { calabrio: exampleCalabrio() });
    const failed = { ...archived, contacts: [{ ...complete, status: 'FAILED' }] };

    expect(found({ tasks: [talked] }, patient)).toContain('missing-calabrio: none');
    expect(found({ tasks: [talked] }, policy)).toContain('missing-calabrio: timed-out');
    expect(found({ tasks: [talked], record: failed }, policy)).toContain('missing-calabrio: failed');
  });

  it('is not found where every leg is, where no agent was, and without a tenant', () => {
    const isMissing = (one: string): boolean => one.startsWith('missing-calabrio');

    expect(found({ tasks: [talked], record: { ...archived, contacts: [complete] } }, policy).filter(isMissing)).toEqual(
      [],
    );
    expect(found({ tasks: [task] }, policy).filter(isMissing)).toEqual([]);
    expect(found({ tasks: [talked] }).filter(isMissing)).toEqual([]);
  });
});

describe('deletable', () => {
  const confirmedBy = 'archive' as const;
  const isDeletable = (one: string): boolean => one.startsWith('deletable');

  it('is found where nothing keeps the source, or a switch alone', () => {
    expect(found({}, examplePolicy({ confirmedBy }))).toContain('deletable: may-go');
    expect(found({}, examplePolicy({ confirmedBy, dryRun: true }))).toContain('deletable: dry-run');
    expect(found({}, examplePolicy({ confirmedBy, enabled: false, dryRun: true }))).toContain(
      'deletable: switched-off+dry-run',
    );
  });

  it('is not found where a reason keeps it, or it is deleted', () => {
    const held = { matter: 'm', placedBy: 'ada', why: 'a complaint', placedAt: now };
    const deletion = { state: 'deleted', intendedAt: now, deletedAt: now, confirmedBy: 'not-found' } as const;

    expect(
      found({ record: { ...archived, holds: [held] } }, examplePolicy({ confirmedBy })).filter(isDeletable),
    ).toEqual([]);
    expect(
      found({ record: { ...archived, deletion }, atTwilio: 'deleted' }, examplePolicy({ confirmedBy })).filter(
        isDeletable,
      ),
    ).toEqual([]);
  });
});
