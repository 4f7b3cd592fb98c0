import { isTombstoned } from '../domain/erasure/erasure-life.ts';
import { RetryableError } from '../domain/outcome.ts';
import { decideRetention } from '../domain/retention/decide-retention.ts';
import { decisionText } from '../domain/retention/decision-text.ts';
import { hasRetentionEnded } from '../domain/retention/keeping-life.ts';
import type { RetentionConfig } from '../domain/retention/retention-config.ts';
import { retentionFactsOf } from '../domain/retention/retention-facts.ts';
import type { ConversationSid } from '../domain/sids.ts';
import type { TaskRecord } from '../domain/task-record.ts';
import { applyTranscriptKeeping } from '../domain/transcript-life.ts';
import type { TranscriptRecord } from '../domain/transcript-record.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { TranscriptRecords } from '../ports/transcript-records.ts';
import { changeTranscript } from './change-record.ts';
import { keepAsDecided } from './keep-as-decided.ts';
import type { KeepNeeds, KeptThing } from './keep-as-decided.ts';

export interface KeepTranscriptNeeds extends KeepNeeds {
  readonly ledger: Ledger;
  readonly transcripts: TranscriptRecords;
  readonly retention: RetentionConfig;
}

interface Because {
  readonly cause: string;
  readonly actor: string;
}

/**
 * Decides how long an archived transcript stays, by what is known of its tasks now, and makes S3 equal to that and to its
 * holds. Without an archived transcript, or when nothing has changed, does nothing. `isAnew` as in `keepAsDecided`.
 */
export async function keepTranscript(
  has: KeepTranscriptNeeds,
  transcript: TranscriptRecord,
  because: Because,
  how: { readonly isAnew: boolean } = { isAnew: false },
): Promise<void> {
  const decided = await decide(has, transcript, because);
  if (decided.archive.state !== 'verified') return;
  const { json } = decided.archive.transcript;
  const sid = decided.conversationSid;
  const thing: KeptThing<TranscriptRecord> = {
    prefix: json.key.replace(/json$/, ''),
    proved: provedObjects,
    read: () => stored(has.transcripts, sid),
    change: (event, line, isStillSo) =>
      changeTranscript(has, sid, (before = decided) => {
        if (!isStillSo(before)) return { record: before, timeline: [] };
        const entry = { ...because, occurredAt: has.now(), ...line };
        return { record: applyTranscriptKeeping(before, event), timeline: [entry] };
      }),
  };
  await keepAsDecided(has, thing, how);
}

function provedObjects({ archive }: TranscriptRecord) {
  return archive.state === 'verified' ? [archive.transcript.json, archive.transcript.text] : [];
}

async function decide(
  has: KeepTranscriptNeeds,
  transcript: TranscriptRecord,
  because: Because,
): Promise<TranscriptRecord> {
  const tasks = (await tasksOf(has.ledger, transcript)).map(retentionFactsOf);
  const now = has.now();
  return changeTranscript(has, transcript.conversationSid, (before = transcript) => {
    if (before.archive.state !== 'verified' || isTombstoned(before) || hasRetentionEnded(before, now)) {
      return { record: before, timeline: [] };
    }
    const { storedAt } = before.archive.transcript;
    const retention = decideRetention(has.retention, { tasks, storedAt, now, before: before.retention });
    if (retention === before.retention) return { record: before, timeline: [] };
    const line = {
      ...{ ...because, occurredAt: now, what: 'retention decided', after: decisionText(retention) },
      ...(before.retention !== undefined && { before: decisionText(before.retention) }),
    };
    return { record: applyTranscriptKeeping(before, { kind: 'retention-decided', retention }), timeline: [line] };
  });
}

async function tasksOf(ledger: Ledger, { taskSids }: TranscriptRecord): Promise<readonly TaskRecord[]> {
  const tasks = await Promise.all(taskSids.map((sid) => ledger.readTask(sid)));
  return tasks.filter((task) => task !== undefined);
}

async function stored(transcripts: TranscriptRecords, sid: ConversationSid): Promise<TranscriptRecord> {
  const transcript = await transcripts.readTranscript(sid);
  if (transcript !== undefined) return transcript;
  throw new RetryableError(`the ledger has no record of ${sid}, which it had a moment ago`, {
    reason: 'ledger-unavailable',
  });
}
