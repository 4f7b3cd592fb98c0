import { text as readText } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import * as z from 'zod/mini';
import type { ConversationSid } from '../../lambdas/shared/domain/sids.ts';
import type { Operator } from '../operator.ts';
import type { WrittenLine } from './day.ts';

/** What became of the day's conversations. */
export interface TranscriptTruth {
  /** Conversations that the run archives; none where it archives calls alone. */
  readonly expected: number;
  /** Those whose copies say what the script said, word for word, both of them. */
  readonly archived: number;
  readonly faults: readonly string[];
}

interface Place {
  readonly operator: Pick<Operator, 's3' | 'transcripts'>;
  readonly bucket: string;
}

/** As the archive's JSON is read by somebody who knows nothing of the code that wrote it. */
const archivedJson = z.object({
  messages: z.array(
    z.object({
      author: z.string(),
      body: z.optional(z.string()),
      media: z.array(z.object({ filename: z.string(), contentType: z.string(), sizeBytes: z.number() })),
    }),
  ),
});

/** Compares both copies of every conversation with what the day's script said, author by author and word by word. */
export async function transcriptTruth(
  place: Place,
  written: ReadonlyMap<ConversationSid, readonly WrittenLine[]>,
): Promise<TranscriptTruth> {
  const faults: string[] = [];
  for (const [sid, lines] of written) {
    const fault = await faultOf(place, sid, lines);
    if (fault !== undefined) faults.push(`the transcript of ${sid} ${fault}`);
  }
  return { expected: written.size, archived: written.size - faults.length, faults };
}

async function faultOf(place: Place, sid: ConversationSid, lines: readonly WrittenLine[]): Promise<string | undefined> {
  const record = await place.operator.transcripts.readTranscript(sid);
  if (record?.archive.state !== 'verified') return `is ${record?.archive.state ?? 'not in the ledger'}`;
  const { json, text } = record.archive.transcript;
  const said = linesOfJson(await read(place, json));
  if (!isDeepStrictEqual(said, lines)) return 'does not hold what was written';
  const shown = linesOfText(await read(place, text));
  return isDeepStrictEqual(shown, lines.map(shownAs)) ? undefined : 'does not show people what was written';
}

async function read(
  { operator, bucket }: Place,
  { key, versionId }: { readonly key: string; readonly versionId?: string },
): Promise<string> {
  const version = versionId === undefined ? {} : { VersionId: versionId };
  const stored = await operator.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...version }));
  return stored.Body instanceof Readable ? readText(stored.Body) : '';
}

function linesOfJson(json: string): readonly WrittenLine[] {
  return archivedJson.parse(JSON.parse(json)).messages.map(({ author, body, media }) => ({
    author,
    ...(body !== undefined && { words: body }),
    files: media.map(({ filename, contentType, sizeBytes }) => ({ name: filename, type: contentType, sizeBytes })),
  }));
}

/** What stands behind the times, a message each; when something was edited is left aside. */
function linesOfText(text: string): readonly string[] {
  const messages = text.split(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}/m).slice(1);
  return messages.map((message) =>
    message
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^ {4}/, ''))
      .filter((line) => !/^\(edited .*\)$/.test(line))
      .join('\n'),
  );
}

function shownAs({ author, words, files }: WrittenLine): string {
  const named = files.map(({ name, type, sizeBytes }) => `[${name}, ${type}, ${sizeBytes} bytes]`);
  return `${author}: ${[...(words === undefined ? [] : [words]), ...named].join('\n')}`;
}
