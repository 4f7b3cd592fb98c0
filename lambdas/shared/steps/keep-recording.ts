import { archiveKey } from '../domain/archive-key.ts';
import { isTombstoned } from '../domain/erasure/erasure-life.ts';
import { RetryableError } from '../domain/outcome.ts';
import { applyEvent } from '../domain/recording-events.ts';
import type { ArchivedAudio, RecordingRecord } from '../domain/recording-record.ts';
import { decideRetention } from '../domain/retention/decide-retention.ts';
import { decisionText } from '../domain/retention/decision-text.ts';
import { hasRetentionEnded } from '../domain/retention/keeping-life.ts';
import type { RetentionConfig } from '../domain/retention/retention-config.ts';
import { retentionFactsOf } from '../domain/retention/retention-facts.ts';
import type { RecordingSid } from '../domain/sids.ts';
import type { Ledger } from '../ports/ledger.ts';
import { changeRecording } from './change-record.ts';
import { keepAsDecided } from './keep-as-decided.ts';
import type { KeepNeeds, KeptThing } from './keep-as-decided.ts';
import { knownTasks } from './known-tasks.ts';

export interface KeepRecordingNeeds extends KeepNeeds {
  readonly ledger: Ledger;
  readonly retention: RetentionConfig;
}

interface Because {
  readonly cause: string;
  readonly actor: string;
}

/**
 * Decides how long a copy stays, by what is known of its tasks now, and writes that down; again when they say otherwise
 * than before. Resolves to the recording as it is then stored.
 */
export async function decideRecordingRetention(
  has: Pick<KeepRecordingNeeds, 'ledger' | 'retention' | 'now'>,
  recording: RecordingRecord,
  because: Because,
): Promise<RecordingRecord> {
  const tasks = (await knownTasks(has, recording)).map(retentionFactsOf);
  const now = has.now();
  return changeRecording(has.ledger, recording.recordingSid, (before = recording) => {
    const audio = before.archive.state === 'stored' ? before.archive.audio : provedCopy(before);
    if (audio === undefined || isTombstoned(before) || hasRetentionEnded(before, now)) {
      return { record: before, timeline: [] };
    }
    const grounds = { tasks, storedAt: audio.storedAt, now, before: before.retention };
    const retention = decideRetention(has.retention, grounds);
    if (retention === before.retention) return { record: before, timeline: [] };
    return {
      record: applyEvent(before, { kind: 'retention-decided', retention }),
      timeline: [
        {
          ...because,
          occurredAt: now,
          what: 'retention decided',
          ...(before.retention !== undefined && { before: decisionText(before.retention) }),
          after: decisionText(retention),
        },
      ],
    };
  });
}

/**
 * Makes S3 equal to what the ledger says of the recording's keeping; where S3 has nothing of it, does nothing. `isAnew` as
 * in `keepAsDecided`.
 */
export async function keepRecording(
  has: KeepRecordingNeeds,
  recording: RecordingRecord,
  because: Because,
  how: { readonly isAnew: boolean } = { isAnew: false },
): Promise<void> {
  const prefix = recordingPrefix(recording);
  if (prefix === undefined) return;
  await keepAsDecided(has, keptRecording(has, recording, prefix, because), how);
}

/** Under which every version of everything we keep of the recording lies; undefined while its day is not known. */
export function recordingPrefix({ accountSid, recordingSid, source }: RecordingRecord): string | undefined {
  const { startedAt } = source;
  if (startedAt === undefined) return undefined;
  return archiveKey({ accountSid, recordingSid, startedAt }).replace(/wav$/, '');
}

function keptRecording(
  { ledger, now }: KeepRecordingNeeds,
  recording: RecordingRecord,
  prefix: string,
  because: Because,
): KeptThing<RecordingRecord> {
  return {
    prefix,
    proved: (stored) => [provedCopy(stored)].filter((audio) => audio !== undefined),
    read: () => storedRecording(ledger, recording.recordingSid),
    change: (event, line, isStillSo) =>
      changeRecording(ledger, recording.recordingSid, (before = recording) => {
        if (!isStillSo(before)) return { record: before, timeline: [] };
        return { record: applyEvent(before, event), timeline: [{ ...because, occurredAt: now(), ...line }] };
      }),
  };
}

function provedCopy({ archive }: RecordingRecord): ArchivedAudio | undefined {
  return archive.state === 'verified' || archive.state === 'sealed' ? archive.audio : undefined;
}

async function storedRecording(ledger: Ledger, sid: RecordingSid): Promise<RecordingRecord> {
  const stored = await ledger.readRecording(sid);
  if (stored !== undefined) return stored;
  throw new RetryableError(`the ledger has no record of ${sid}, which it had a moment ago`, {
    reason: 'ledger-unavailable',
  });
}
