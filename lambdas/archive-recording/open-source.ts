import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { readWavHeader, wavHeadBytes } from '../shared/domain/wav.ts';
import type { OpenedMedia, Recordings } from '../shared/ports/recordings.ts';
import type { Spool } from '../shared/ports/spool.ts';
import { disagreement, unfit } from './judge-sound.ts';
import { bytesOf, withHead } from './source-media.ts';
import type { OpenedSource } from './source-media.ts';

/**
 * Opens the media, both channels where there are two, and looks at its header before a byte is archived.
 *
 * A conference's media is mixed to one channel unless two are asked for, so two are always asked for first; Twilio
 * answers 400 where there is only one. Media without a length is spooled to the function's disk.
 *
 * @throws {RetryableError} `media-unfit` when it is not a WAV of the length, channels and duration it should have.
 */
export async function openSource(
  has: { readonly recordings: Recordings; readonly spool: Spool },
  recording: RecordingRecord,
): Promise<OpenedSource> {
  const opened = await openWithChannels(has.recordings, recording);
  if (opened.kind === 'not-there') return { kind: 'not-there' };
  const { head, bytes } = await withHead(recording, await bytesOf(has, recording, opened), wavHeadBytes);
  const wav = readWavHeader(head, bytes.sizeBytes);
  const fault = wav.kind === 'not-wav' ? wav.why : disagreement(wav.facts, recording)?.why;
  if (wav.kind === 'not-wav' || fault !== undefined) {
    await bytes.close();
    throw unfit(recording, fault ?? 'its header cannot be read');
  }
  const { channels, durationSeconds } = wav.facts;
  return { kind: 'media', media: { ...bytes, channels, durationSeconds } };
}

async function openWithChannels(
  recordings: Recordings,
  { accountSid, recordingSid }: RecordingRecord,
): Promise<OpenedMedia> {
  const both = await recordings.openMedia(accountSid, recordingSid, 2);
  return both.kind === 'channels-unavailable' ? recordings.openMedia(accountSid, recordingSid, 1) : both;
}
