import type { Connection } from '../connection.ts';
import { recordingJson } from '../life-json.ts';
import { archiveKey } from '../../lambdas/shared/domain/archive-key.ts';
import { isTombstoned } from '../../lambdas/shared/domain/erasure/erasure-life.ts';
import type { RecordingRecord } from '../../lambdas/shared/domain/recording-record.ts';
import type { TaskRecord } from '../../lambdas/shared/domain/task-record.ts';
import type { TranscriptRecord } from '../../lambdas/shared/domain/transcript-record.ts';
import type { LedgerSid } from '../../lambdas/shared/ports/ledger.ts';

/** One file of an export: words of ours, or an object of the archive in one of its versions. */
export type ExportEntry =
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  | {
      readonly kind: 'object';
      readonly name: string;
      readonly key: string;
      readonly versionId: string;
      /** What the ledger says that the bytes are; absent where it does not say. */
      readonly ledgerSha256?: string;
    };

type Reads = Pick<Connection, 'ledger' | 'archive'>;

/** What the ledger knows of a task. */
export async function taskEntries(has: Reads, task: TaskRecord): Promise<readonly ExportEntry[]> {
  return ledgerEntries(has, `tasks/${task.taskSid}`, task.taskSid, task);
}

/** What the ledger knows of a recording, and its objects; of an erased one the tombstone and its timeline alone. */
export async function recordingEntries(has: Reads, recording: RecordingRecord): Promise<readonly ExportEntry[]> {
  const folder = `recordings/${recording.recordingSid}`;
  const known = await ledgerEntries(has, folder, recording.recordingSid, recordingJson(recording, false));
  const prefix = prefixOf(recording);
  if (isTombstoned(recording) || prefix === undefined) return known;
  const { archive } = recording;
  const proved = 'audio' in archive && archive.audio !== undefined ? [archive.audio] : [];
  return [...known, ...(await objectEntries(has, { folder, prefix, proved }))];
}

/** What the ledger knows of a conversation's transcript, and its two objects. */
export async function transcriptEntries(has: Reads, record: TranscriptRecord): Promise<readonly ExportEntry[]> {
  const folder = `transcripts/${record.conversationSid}`;
  const { holds, releases: _named, ...others } = record;
  const shown = { ...others, holds: holds.map(({ matter, placedAt }) => ({ matter, placedAt })) };
  const known = await ledgerEntries(has, folder, record.conversationSid, shown);
  if (isTombstoned(record) || record.archive.state !== 'verified') return known;
  const { json, text } = record.archive.transcript;
  const prefix = json.key.replace(/json$/, '');
  return [...known, ...(await objectEntries(has, { folder, prefix, proved: [json, text] }))];
}

async function ledgerEntries(
  { ledger }: Reads,
  folder: string,
  sid: LedgerSid,
  facts: object,
): Promise<readonly ExportEntry[]> {
  const timeline = await ledger.timelineOf(sid);
  return [
    { kind: 'text', name: `${folder}/ledger.json`, text: jsonText(facts) },
    { kind: 'text', name: `${folder}/timeline.json`, text: jsonText(timeline) },
  ];
}

export const jsonText = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Every object of a recording lies under one prefix, once it is known when the recording began. */
function prefixOf({ accountSid, recordingSid, source, archive }: RecordingRecord): string | undefined {
  const { startedAt } = source;
  const key =
    'audio' in archive && archive.audio !== undefined
      ? archive.audio.key
      : startedAt && archiveKey({ accountSid, recordingSid, startedAt });
  return key?.replace(/wav(\.enc)?$/, '');
}

interface Proved {
  readonly key: string;
  readonly versionId?: string;
  readonly sha256: string;
}

/**
 * Each object as it lies there now, and where that is not the version that was proved, that one too. Older versions of
 * what we wrote ourselves (a sidecar that was written again) say nothing that the newest does not.
 */
async function objectEntries(
  { archive }: Reads,
  { folder, prefix, proved }: { folder: string; prefix: string; proved: readonly Proved[] },
): Promise<readonly ExportEntry[]> {
  const versions = (await archive.versions(prefix)).filter(({ kind }) => kind === 'version');
  return versions.flatMap(({ key, versionId, isLatest }): readonly ExportEntry[] => {
    const ofKey = proved.find((one) => one.key === key);
    const isProved =
      ofKey !== undefined && (ofKey.versionId === versionId || (ofKey.versionId === undefined && isLatest));
    if (!isLatest && !isProved) return [];
    const baseName = key.slice(key.lastIndexOf('/') + 1);
    const name = isLatest ? `${folder}/${baseName}` : `${folder}/proved/${baseName}`;
    return [{ kind: 'object', name, key, versionId, ...(isProved && { ledgerSha256: ofKey.sha256 }) }];
  });
}
