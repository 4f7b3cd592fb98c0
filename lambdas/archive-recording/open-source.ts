import { RetryableError } from '../shared/domain/outcome.ts';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import { readWavHeader, wavHeadBytes } from '../shared/domain/wav.ts';
import type { WavFacts } from '../shared/domain/wav.ts';
import type { OpenedMedia, Recordings } from '../shared/ports/recordings.ts';
import type { Spool } from '../shared/ports/spool.ts';
import type { Readable } from 'node:stream';
import { brokenOff } from '../shared/steps/stream-facts.ts';
import { readHead } from './read-head.ts';

/** A recording's sound, opened at Twilio and found to be what the Recording resource says. */
export interface SourceMedia {
  readonly stream: Readable;
  readonly sizeBytes: number;
  readonly wav: WavFacts;
  /** Ends the stream, whether or not it was read, and removes what was spooled. A second call does nothing. */
  close(): Promise<void>;
}

/** Twilio rounds the duration to whole seconds. */
const durationToleranceSeconds = 1;

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
): Promise<{ readonly kind: 'media'; readonly media: SourceMedia } | { readonly kind: 'not-there' }> {
  const opened = await openWithChannels(has.recordings, recording);
  if (opened.kind === 'not-there') return { kind: 'not-there' };
  if (opened.kind !== 'media')
    throw unfit(
      recording,
      opened.kind === 'not-audio'
        ? `its content type is ${opened.contentType}`
        : 'neither two channels nor one are to be had',
    );
  const spooled = opened.sizeBytes === undefined ? await has.spool.keep(opened.stream) : undefined;
  const sizeBytes = opened.sizeBytes ?? spooled?.sizeBytes ?? 0;
  const source = spooled?.open() ?? opened.stream;
  const [begun] = await Promise.allSettled([readHead(source, wavHeadBytes)]);
  if (begun.status === 'rejected') {
    source.destroy();
    await spooled?.discard();
    throw brokenOff(`the media of ${recording.recordingSid}`, begun.reason);
  }
  const { head, stream } = begun.value;
  const close = async (): Promise<void> => {
    stream.destroy();
    await spooled?.discard();
  };
  const wav = readWavHeader(head, sizeBytes);
  const fault = wav.kind === 'not-wav' ? wav.why : disagreement(wav.facts, recording);
  if (wav.kind === 'not-wav' || fault !== undefined) {
    await close();
    throw unfit(recording, fault ?? 'its header cannot be read');
  }
  return { kind: 'media', media: { stream, sizeBytes, wav: wav.facts, close } };
}

async function openWithChannels(
  recordings: Recordings,
  { accountSid, recordingSid }: RecordingRecord,
): Promise<OpenedMedia> {
  const both = await recordings.openMedia(accountSid, recordingSid, 2);
  return both.kind === 'channels-unavailable' ? recordings.openMedia(accountSid, recordingSid, 1) : both;
}

/** What the sound lacks of what the Recording resource says; more channels than it says are no loss. */
function disagreement(wav: WavFacts, { source }: RecordingRecord): string | undefined {
  if (source.channels !== undefined && wav.channels < source.channels)
    return `it has ${wav.channels} channel(s), the Recording resource says ${source.channels}`;
  if (
    source.durationSeconds === undefined ||
    Math.abs(wav.durationSeconds - source.durationSeconds) <= durationToleranceSeconds
  )
    return undefined;
  return `it lasts ${wav.durationSeconds.toFixed(1)} s, the Recording resource says ${source.durationSeconds} s`;
}

function unfit(recording: RecordingRecord, why: string): RetryableError {
  return new RetryableError(`the media of ${recording.recordingSid} is not archived: ${why}`, {
    reason: 'media-unfit',
  });
}
