import fc from 'fast-check';
import { applySource, newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type {
  RecordingRecord,
  RecordingSource,
  SourceStatus,
} from '../../../lambdas/shared/domain/recording-record.ts';
import { sids } from '../../support/example-sids.ts';

const at = new Date('2026-03-02T10:00:00Z');
const fresh = newRecording({ recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'callback' }, at);

/** The order in which a recording's statuses can follow each other; those in one row may alternate. */
const rows: readonly (readonly SourceStatus[])[] = [
  ['unknown'],
  ['in-progress', 'paused'],
  ['stopped', 'processing'],
  ['absent', 'failed'],
  ['completed'],
  ['deleted'],
];
const rowOf = (status: SourceStatus): number => rows.findIndex((row) => row.includes(status));

const news: fc.Arbitrary<RecordingSource> = fc.record(
  {
    status: fc.constantFrom(...rows.flat()),
    channels: fc.constantFrom(1, 2),
    durationSeconds: fc.integer({ min: 0, max: 9000 }),
    callSid: fc.constantFrom(sids.call(1), sids.call(2)),
    conferenceSid: fc.constantFrom(sids.conference(1), sids.conference(2)),
  },
  { requiredKeys: ['status'] },
);

const afterAll = (all: readonly RecordingSource[]): RecordingRecord => all.reduce(applySource, fresh);

describe('a recording’s source', () => {
  it('never goes back to a row of statuses that it has left, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(news), news, (before, last) => {
        const known = afterAll(before);

        expect(rowOf(applySource(known, last).source.status)).toBe(
          Math.max(rowOf(known.source.status), rowOf(last.status)),
        );
      }),
    );
  });

  it('follows in-progress and paused as they alternate', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<SourceStatus>('in-progress', 'paused'), { minLength: 1 }), (statuses) => {
        expect(afterAll(statuses.map((status) => ({ status }))).source.status).toBe(statuses.at(-1));
      }),
    );
  });

  it('keeps what the further status said when news of an earlier one comes late', () => {
    fc.assert(
      fc.property(news, news, (one, other) => {
        fc.pre(rowOf(one.status) > rowOf(other.status));

        expect(applySource(afterAll([one]), other).source).toEqual({ ...other, ...one });
      }),
    );
  });

  it('is not changed by the same news again', () => {
    fc.assert(
      fc.property(fc.array(news), news, (before, last) => {
        const once = applySource(afterAll(before), last);

        expect(applySource(once, last)).toEqual(once);
      }),
    );
  });
});
