import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { RetryableError } from '../shared/domain/outcome.ts';
import type { ArchivedText, ArchivedTranscript, TranscriptRecord } from '../shared/domain/transcript-record.ts';
import { transcriptKeys } from '../shared/domain/transcripts/transcript-keys.ts';
import { participantsEver, transcriptJson } from '../shared/domain/transcripts/transcript.ts';
import { transcriptText } from '../shared/domain/transcripts/transcript-text.ts';
import { participantsIn } from '../shared/messages/archived-transcript.ts';
import type { Archive } from '../shared/ports/archive.ts';
import { brokenOff } from '../shared/steps/stream-facts.ts';
import type { FetchedConversation } from './fetch-conversation.ts';

export interface StoreNeeds {
  readonly archive: Pick<Archive, 'open' | 'putTranscript'>;
  readonly now: () => Date;
}

/** An object as it lies in the archive. */
interface Lying {
  readonly bytes: Buffer;
  readonly versionId?: string;
}

/**
 * Stores the conversation as JSON and as text, where the same does not lie there already, and reads what it stored again.
 *
 * Twilio lists only who is still there, so whoever an earlier version names stays named.
 *
 * @throws {RetryableError} `transcript-differs` when a version that was just stored is not what was written.
 */
export async function storeTranscript(
  has: StoreNeeds,
  { source, taskSids }: TranscriptRecord,
  fetched: FetchedConversation,
): Promise<ArchivedTranscript> {
  const keys = transcriptKeys({ ...fetched, startedAt: source.startedAt ?? fetched.startedAt });
  const earlier = await read(has, keys.json);
  const before = earlier === undefined ? [] : participantsIn(earlier.bytes.toString('utf8'));
  const participants = participantsEver(before, fetched.participants);
  const transcript = { ...fetched, taskSids, participants };
  const wantedJson = { key: keys.json, text: transcriptJson(transcript), contentType: 'application/json' };
  const wantedText = { key: keys.text, text: transcriptText(transcript), contentType: 'text/plain; charset=utf-8' };
  const json = await store(has, wantedJson, earlier);
  const text = await store(has, wantedText, await read(has, keys.text));
  return { json, text, messages: fetched.messages.length, storedAt: has.now() };
}

async function store(
  has: StoreNeeds,
  { key, text, contentType }: { readonly key: string; readonly text: string; readonly contentType: string },
  lying: Lying | undefined,
): Promise<ArchivedText> {
  const bytes = Buffer.from(text);
  const sha256 = sha256Of(bytes);
  const described = { key, sizeBytes: bytes.length, sha256 };
  if (lying !== undefined && sha256Of(lying.bytes) === sha256) return { ...described, ...versionOf(lying) };
  const version = await has.archive.putTranscript(key, text, contentType);
  const again = await read(has, key, version.versionId);
  if (again === undefined || sha256Of(again.bytes) !== sha256)
    throw new RetryableError(`read again, ${key} is ${again === undefined ? 'not there' : 'not what was written'}`, {
      reason: 'transcript-differs',
    });
  return { ...described, ...versionOf(version) };
}

async function read(has: StoreNeeds, key: string, versionId?: string): Promise<Lying | undefined> {
  const found = await has.archive.open(key, versionId);
  if (found === undefined) return undefined;
  const bytes = await buffer(found.stream).catch((cause: unknown) => {
    throw brokenOff(key, cause);
  });
  return { bytes, ...versionOf(found) };
}

function versionOf({ versionId }: { readonly versionId?: string }): { readonly versionId?: string } {
  return versionId === undefined ? {} : { versionId };
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
