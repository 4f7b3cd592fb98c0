import { isTombstoned } from '../erasure/erasure-life.ts';
import { planRecording } from '../plan-recording.ts';
import type { Policy } from '../policy.ts';
import type { RecordingRecord, SourceStatus } from '../recording-record.ts';
import { hasRetentionEnded } from '../retention/keeping-life.ts';
import type { RecordingSid } from '../sids.ts';
import { isEmpty, isFinal } from '../source-status.ts';
import type { TaskRecord } from '../task-record.ts';
import type { Finding } from './findings.ts';

/** One recording, as three parties have it. */
export interface ComparedRecording {
  readonly recordingSid: RecordingSid;
  /** Where the day's objects lie; a copy that lies elsewhere is another day's to look for. */
  readonly dayPrefix: string;
  /** `not-there`: Twilio has it no more, nor any trace of it. */
  readonly atTwilio: SourceStatus | 'not-there';
  /** Undefined where the ledger does not know it. */
  readonly record: RecordingRecord | undefined;
  /** Every task that it is known to belong to. */
  readonly tasks: readonly TaskRecord[];
  /** Its objects in the bucket. */
  readonly keys: readonly string[];
}

/** What is not as it should be with one recording; of a tombstone only that something is left of it. */
export function recordingFindings(compared: ComparedRecording, policy: Policy, now: Date): readonly Finding[] {
  const { recordingSid: sid, record, keys } = compared;
  if (record === undefined) return unknownFindings(compared);
  if (record.erasure.state === 'erased') return keys.length > 0 ? [{ kind: 'orphan-object', sid, why: 'erased' }] : [];
  // It is on its way to nothing, unless a hold came first.
  if (isTombstoned(record)) return [];
  return [...archiveFindings(compared, record, now), ...planFindings(compared, record, policy, now)];
}

/** True when sending the recording to archive-recording may mend the finding. */
export function isMendedByCopy({ kind, why }: Finding): boolean {
  return kind === 'missing-archive' && (why === 'unknown' || why === 'not-archived' || why === 'failed');
}

function unknownFindings({ recordingSid: sid, atTwilio, keys }: ComparedRecording): readonly Finding[] {
  return [
    ...(hasSound(atTwilio) ? [{ kind: 'missing-archive', sid, why: 'unknown' } as const] : []),
    ...(atTwilio === 'deleted' && keys.length === 0
      ? [{ kind: 'gone-external', sid, why: 'never-known' } as const]
      : []),
    ...(keys.length > 0 ? [{ kind: 'orphan-object', sid, why: 'no-record' } as const] : []),
  ];
}

function archiveFindings(compared: ComparedRecording, record: RecordingRecord, now: Date): readonly Finding[] {
  const { recordingSid: sid } = compared;
  const missing = missingArchive(compared, record, now);
  const gone = goneExternal(compared, record);
  return [
    ...(missing === undefined ? [] : [{ kind: 'missing-archive', sid, why: missing } as const]),
    ...(gone === undefined ? [] : [{ kind: 'gone-external', sid, why: gone } as const]),
  ];
}

/** What somebody else's deletion took: `not-archived` is lost. Undefined where the source is there, or we deleted it. */
function goneExternal({ atTwilio }: ComparedRecording, record: RecordingRecord): string | undefined {
  const { archive, deletion, source } = record;
  const isKept = archive.state === 'verified' || archive.state === 'sealed';
  if (deletion.state === 'gone-external') return isKept ? 'archived' : 'not-archived';
  if (deletion.state !== 'none' || isEmpty(source.status)) return undefined;
  if (atTwilio !== 'deleted' && atTwilio !== 'not-there') return undefined;
  return isKept ? 'archived' : 'not-archived';
}

/** Why there is no proved copy where there should be one; undefined when there is, or when there is nothing to copy. */
function missingArchive(
  { atTwilio, keys, dayPrefix }: ComparedRecording,
  record: RecordingRecord,
  now: Date,
): string | undefined {
  const { archive } = record;
  // S3 has let it go, or is about to, as it was told.
  if (hasRetentionEnded(record, now)) return undefined;
  switch (archive.state) {
    case 'mismatched':
      return 'mismatched';
    case 'verified':
    case 'sealed': {
      const { key } = archive.audio;
      return key.startsWith(dayPrefix) && !keys.includes(key) ? 'object-missing' : undefined;
    }
    case 'failed':
      return hasSound(atTwilio) ? 'failed' : undefined;
    case 'none':
    case 'stored':
      return hasSound(atTwilio) ? 'not-archived' : undefined;
  }
}

function planFindings(
  { recordingSid: sid, tasks }: ComparedRecording,
  record: RecordingRecord,
  policy: Policy,
  now: Date,
): readonly Finding[] {
  const { refusals, legs } = planRecording(record, tasks, policy, now);
  const open = [...new Set(legs.filter(({ state }) => state !== 'complete').map(({ state }) => state))].sort();
  const keeps = refusals.filter((reason) => reason !== 'dry-run' && reason !== 'switched-off');
  const isThere = record.deletion.state === 'none';
  return [
    ...(open.length === 0 || isEmpty(record.source.status)
      ? []
      : [{ kind: 'missing-calabrio', sid, why: open.join('+') } as const]),
    ...(keeps.length === 0 && isThere
      ? [{ kind: 'deletable', sid, why: refusals.length === 0 ? 'may-go' : refusals.join('+') } as const]
      : []),
  ];
}

/** Twilio has it whole: what still runs is not missing yet. */
function hasSound(atTwilio: ComparedRecording['atTwilio']): boolean {
  return atTwilio !== 'not-there' && atTwilio !== 'deleted' && isFinal(atTwilio) && !isEmpty(atTwilio);
}
