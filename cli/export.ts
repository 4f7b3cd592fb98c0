import { rm, stat } from 'node:fs/promises';
import { exitCodes } from './command.ts';
import type { Command, CommandNeeds, ExitCode } from './command.ts';
import { exportSubject } from './export/export-subject.ts';
import type { Exported, ExportManifest } from './export/export-subject.ts';
import { writeZip } from './export/write-zip.ts';
import { subjectOptions, typedSubject } from './typed-subject.ts';
import { typedMatter, typedWho, whoOption } from './typed-words.ts';
import { findSubject } from '../lambdas/shared/steps/find-subject.ts';
import { UsageError } from '../local/terminal/options.ts';
import { printable } from '../local/terminal/printable.ts';
import { counted, sizeText } from '../local/terminal/words.ts';

/** `export`: everything of one person as one zip. */
export const exportCommand: Command = {
  name: 'export',
  usage: '--phone <number> --matter <id> --who <name> --out <file.zip>',
  summary: 'everything of one person as a zip: sound, transcripts, what the ledger says, each with its hash',
  options: {
    ...subjectOptions,
    matter: { kind: 'text', placeholder: 'id', help: 'why: the matter, as your case list names it' },
    ...whoOption,
    out: { kind: 'text', placeholder: 'file', help: 'the zip to write; a file that is there is never written over' },
    json: { kind: 'flag', help: 'one JSON object instead of text' },
  },
  details: [
    'Whom it is about may be said by several of --phone, --email, --external-id, --task and --recording at once.',
    'manifest.json names every file with its size, SHA-256, key and version; `sha256sum -c SHA256SUMS` checks them. What is',
    'held or locked is exported too, what was erased is named as erased. Nothing is changed but the timelines, where the',
    'matter and you are written down before anything is read. Why somebody held something is not given away.',
    'Exits 1 when nothing was found, or a copy is not what the ledger says was archived.',
  ],
  run,
};

async function run({ typed, connect, print, progress }: CommandNeeds): Promise<ExitCode> {
  const { keys, also } = typedSubject(typed);
  const [matter, who, out] = [typedMatter(typed), typedWho(typed), typed.texts.get('out')];
  if (out === undefined || out === '') throw new UsageError('--out is missing: the zip to write');
  const connection = await connect();
  const at = connection.now();
  const found = await findSubject({ ...connection, index: connection.subjectIndex }, keys, also);
  const onNext = (place: number, of: number): void => progress.show([`export: ${place} of ${of}`]);
  const manifest = await zipped(out, at, (zip) =>
    exportSubject(connection, found, zip, { matter, who, at, onNext }),
  ).finally(() => progress.end());
  const isEmpty = manifest.files.length === 0;
  if (isEmpty) await rm(out);
  const sizeBytes = isEmpty ? 0 : (await stat(out)).size;
  if (typed.flags.has('json')) print(JSON.stringify(answerOf(manifest, isEmpty ? undefined : out, sizeBytes)));
  else linesOf(manifest, out, sizeBytes).map(printable).forEach(print);
  return isEmpty || wrongCopies(manifest).length > 0 ? exitCodes.notGood : exitCodes.done;
}

/** What `fill` puts into the zip; a zip that was not filled whole does not stay. */
async function zipped(
  path: string,
  at: Date,
  fill: (zip: Awaited<ReturnType<typeof writeZip>>) => Promise<ExportManifest>,
): Promise<ExportManifest> {
  const zip = await writeZip(path, at);
  try {
    const manifest = await fill(zip);
    await zip.finish();
    return manifest;
  } catch (error) {
    await zip.giveUp();
    throw error;
  }
}

const wrongCopies = ({ files }: ExportManifest): readonly string[] =>
  files.filter(({ isAsLedgerSays }) => isAsLedgerSays === false).map(({ name }) => name);

function answerOf(manifest: ExportManifest, out: string | undefined, sizeBytes: number): object {
  const { files, ...rest } = manifest;
  return { ...rest, ...(out !== undefined && { out }), sizeBytes, files: files.length, wrong: wrongCopies(manifest) };
}

function linesOf(manifest: ExportManifest, out: string, sizeBytes: number): readonly string[] {
  const { files, recordings, transcripts, tasks, unknown, from } = manifest;
  if (files.length === 0) return [`the ledger of ${from} knows nothing of them; ${out} was not written`];
  return [
    `${out}: ${counted(files.length, 'file')}, ${sizeText(sizeBytes)}; of ${counted(tasks.length, 'task')}`,
    ...[...recordings, ...transcripts].map(lineOf),
    ...unknown.map((sid) => `${sid}  named by a task; the ledger has no record of it`),
    ...wrongCopies(manifest).map((name) => `${name}  is not what the ledger says was archived`),
  ];
}

function lineOf({ sid, outcome, erasedAt, isHeld }: Exported): string {
  const held = isHeld ? ', held' : '';
  switch (outcome) {
    case 'exported':
      return `${sid}  exported${held}`;
    case 'no-copy':
      return `${sid}  nothing of it is in the archive${held}`;
    case 'being-erased':
      return `${sid}  is being erased`;
    case 'erased':
      return `${sid}  was erased on ${erasedAt?.toISOString() ?? 'an unknown day'}`;
  }
}
