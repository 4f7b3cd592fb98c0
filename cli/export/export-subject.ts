import type { Connection } from '../connection.ts';
import { isTombstoned } from '../../lambdas/shared/domain/erasure/erasure-life.ts';
import type { KeptFacets } from '../../lambdas/shared/domain/kept-facets.ts';
import { RetryableError } from '../../lambdas/shared/domain/outcome.ts';
import type { LedgerSid } from '../../lambdas/shared/ports/ledger.ts';
import type { FoundSubject } from '../../lambdas/shared/steps/find-subject.ts';
import { UsageError } from '../../local/terminal/options.ts';
import { jsonText, recordingEntries, taskEntries, transcriptEntries } from './subject-entries.ts';
import type { ExportEntry } from './subject-entries.ts';
import type { WrittenFile, ZipWriter } from './write-zip.ts';

/** What became of one recording or transcript in an export. */
export interface Exported {
  readonly sid: LedgerSid;
  /** `erased` and `being-erased`: of those only what the ledger still says. `no-copy`: there is nothing in the archive. */
  readonly outcome: 'exported' | 'erased' | 'being-erased' | 'no-copy';
  readonly erasedAt?: Date;
  readonly isHeld: boolean;
}

export interface ExportedFile extends WrittenFile {
  readonly key?: string;
  readonly versionId?: string;
  /** False where the bytes are not what the ledger says that was archived. */
  readonly isAsLedgerSays?: boolean;
}

export interface ExportManifest {
  readonly v: 1;
  readonly madeAt: Date;
  readonly from: string;
  readonly matter: string;
  readonly by: string;
  readonly files: readonly ExportedFile[];
  readonly recordings: readonly Exported[];
  readonly transcripts: readonly Exported[];
  readonly tasks: readonly string[];
  /** What a task names and the ledger has no record of: there is nothing of them here. */
  readonly unknown: readonly string[];
}

export interface ExportOrder {
  readonly matter: string;
  readonly who: string;
  readonly at: Date;
  /** Told before each thing is read. */
  readonly onNext: (place: number, of: number) => void;
}

/**
 * Puts everything of the found into the zip, and at its end `manifest.json` and `SHA256SUMS`.
 *
 * What is given away is written down first, on the timeline of each: `exported`, by whom and in which matter.
 *
 * @throws {RetryableError} when the ledger or the archive does not answer, or an object goes while it is exported.
 */
export async function exportSubject(
  has: Connection,
  found: FoundSubject,
  zip: ZipWriter,
  order: ExportOrder,
): Promise<ExportManifest> {
  const files: ExportedFile[] = [];
  const works = [
    ...found.tasks.map((task) => ({ sid: task.taskSid, entries: () => taskEntries(has, task) })),
    ...found.recordings.map((one) => ({ sid: one.recordingSid, entries: () => recordingEntries(has, one) })),
    ...found.transcripts.map((one) => ({ sid: one.conversationSid, entries: () => transcriptEntries(has, one) })),
  ];
  for (const [place, { sid, entries }] of works.entries()) {
    order.onNext(place + 1, works.length);
    await writeDown(has, sid, order);
    for (const entry of await entries()) files.push(await putIn(has, zip, entry));
  }
  const copied = new Set(files.flatMap(({ name, key }) => (key === undefined ? [] : [name.split('/')[1]])));
  const outcome = (sid: LedgerSid, record: KeptFacets): Exported => outcomeOf(sid, record, copied.has(sid));
  const manifest: ExportManifest = {
    ...{ v: 1, madeAt: order.at, from: has.name, matter: order.matter, by: order.who, files },
    recordings: found.recordings.map((record) => outcome(record.recordingSid, record)),
    transcripts: found.transcripts.map((record) => outcome(record.conversationSid, record)),
    tasks: found.taskSids,
    unknown: found.unknownSids,
  };
  const itself = await zip.add('manifest.json', jsonText(manifest));
  await zip.add('SHA256SUMS', [...files, itself].map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(''));
  return manifest;
}

function writeDown({ ledger }: Connection, of: LedgerSid, { matter, who, at }: ExportOrder): Promise<void> {
  return ledger.addToTimeline({
    ...{ of, occurredAt: at, cause: `export/${matter}` },
    ...{ what: 'exported', actor: `operator:${who}`, after: matter },
  });
}

async function putIn({ archive }: Connection, zip: ZipWriter, entry: ExportEntry): Promise<ExportedFile> {
  if (entry.kind === 'text') return zip.add(entry.name, entry.text);
  const { name, key, versionId, ledgerSha256 } = entry;
  const object = await archive.open(key, versionId);
  if (object === undefined)
    throw new RetryableError(`${key} went while it was exported (version ${versionId}): type it again`, {
      reason: 'archive-unavailable',
    });
  const written = await zip.add(name, object.stream).catch((cause: unknown) => {
    if (object.stream.errored === null || cause instanceof UsageError) throw cause;
    const message = `${key} broke off while it was exported: type it again`;
    throw new RetryableError(message, { reason: 'archive-unavailable', cause });
  });
  const isAsLedgerSays = ledgerSha256 === undefined ? undefined : written.sha256 === ledgerSha256;
  return { ...written, key, versionId, ...(isAsLedgerSays !== undefined && { isAsLedgerSays }) };
}

function outcomeOf(sid: LedgerSid, record: KeptFacets, isCopied: boolean): Exported {
  const isHeld = record.holds.length > 0;
  const { erasure } = record;
  if (erasure.state === 'erased') return { sid, outcome: 'erased', erasedAt: erasure.erasedAt, isHeld };
  if (isTombstoned(record)) return { sid, outcome: 'being-erased', isHeld };
  return { sid, outcome: isCopied ? 'exported' : 'no-copy', isHeld };
}
