import { recordingLabel } from '../../../lambdas/shared/domain/recording-label.ts';
import { newRecording } from '../../../lambdas/shared/domain/recording-life.ts';
import type { RecordingRecord } from '../../../lambdas/shared/domain/recording-record.ts';
import { sids } from '../../support/example-sids.ts';
import { fullRecording } from '../../support/ledger/example-records.ts';

const at = new Date('2026-11-20T10:00:00Z');
const fresh = newRecording({ recordingSid: sids.recording(), accountSid: sids.account(), foundBy: 'callback' }, at);
const { archive } = fullRecording();
const hold = { matter: 'claim 7', placedBy: 'ada', why: 'a claim', placedAt: at };
const complete = {
  hash: 'h',
  ccrId: 501,
  sessionId: sids.conference(),
  legId: sids.reservation(),
  status: 'COMPLETE',
  firstReceivedAt: at,
  lastReceivedAt: at,
  isContradictory: false,
};
const archived: Partial<RecordingRecord> = { source: { status: 'completed' }, archive };
const confirmed: Partial<RecordingRecord> = { ...archived, contacts: [complete] };
const deleted = { state: 'deleted', intendedAt: at, deletedAt: at, confirmedBy: 'not-found' } as const;

describe('the one word for a recording', () => {
  it('the archived example is verified', () => {
    expect(archive.state).toBe('verified');
  });

  it.each<readonly [string, string, Partial<RecordingRecord>]>([
    ['announced', 'is not verified yet', { source: { status: 'completed' } }],
    ['absent', 'holds nothing', { source: { status: 'absent' } }],
    ['absent', 'failed at Twilio', { source: { status: 'failed' } }],
    ['archived', 'is verified', archived],
    ['complete', 'is verified, and Calabrio has it', confirmed],
    ['archived', 'is verified, and one leg is missing', { ...confirmed, refusals: ['leg-missing', 'grace'] }],
    ['archived', 'is verified, and FAILED came last', { ...confirmed, refusals: ['leg-failed'] }],
    ['complete', 'waits for its grace alone', { ...confirmed, refusals: ['grace'] }],
    ['deletable', 'has nothing in its way', { ...confirmed, refusals: [] }],
    ['deletable', 'has nothing in its way but the dry run', { ...confirmed, refusals: ['dry-run'] }],
    ['held', 'is held', { ...confirmed, refusals: ['held'], holds: [hold] }],
    ['deleted', 'is deleted at Twilio', { ...confirmed, refusals: ['already-deleted'], deletion: deleted }],
    ['held', 'is deleted at Twilio, and held here', { ...confirmed, deletion: deleted, holds: [hold] }],
    ['stuck', 'was given up', { ...archived, archive: { state: 'failed', reason: 'media-never-came' } }],
    ['stuck', 'lies over another object', { ...archived, archive: { state: 'mismatched', reason: 'hash' } }],
    ['stuck', 'was deleted by somebody else', { ...confirmed, deletion: { state: 'gone-external', foundAt: at } }],
    ['erased', 'is erased, whatever else', { ...confirmed, holds: [hold], erasure: { state: 'erased', erasedAt: at } }],
  ])('is %s when it %s', (label, _when, changes) => {
    expect(recordingLabel({ ...fresh, ...changes })).toBe(label);
  });
});
