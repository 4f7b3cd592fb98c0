import type { Readable } from 'node:stream';
import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { OpenedMedia } from '../shared/ports/recordings.ts';
import type { Spool } from '../shared/ports/spool.ts';
import { brokenOff } from '../shared/steps/stream-facts.ts';
import { unfit } from './judge-sound.ts';
import { readHead } from './read-head.ts';

/** Bytes whose number is known, opened. */
export interface OpenedBytes {
  readonly stream: Readable;
  readonly sizeBytes: number;
  /** Ends the stream, whether or not it was read, and removes what was spooled. A second call does nothing. */
  close(): Promise<void>;
}

/** What is to be archived of a recording, opened and, as far as its head shows, what the Recording resource says. */
export interface SourceMedia extends OpenedBytes {
  /** Of the sound; zero where nobody can look into it. */
  readonly channels: number;
  readonly durationSeconds: number;
}

export type OpenedSource = { readonly kind: 'media'; readonly media: SourceMedia } | { readonly kind: 'not-there' };

/**
 * The media as bytes of a known number: what came without a length is spooled to the function's disk.
 *
 * @throws {RetryableError} `media-unfit` when it is no audio, or is not to be had.
 */
export async function bytesOf(
  has: { readonly spool: Spool },
  recording: RecordingRecord,
  opened: Exclude<OpenedMedia, { kind: 'not-there' }>,
): Promise<OpenedBytes> {
  if (opened.kind === 'not-audio') throw unfit(recording, `its content type is ${opened.contentType}`);
  if (opened.kind === 'channels-unavailable') throw unfit(recording, 'neither two channels nor one are to be had');
  const { stream, sizeBytes } = opened;
  if (sizeBytes !== undefined) return { stream, sizeBytes, close: async () => void stream.destroy() };
  const spooled = await has.spool.keep(stream);
  const again = spooled.open();
  const close = async (): Promise<void> => {
    again.destroy();
    await spooled.discard();
  };
  return { stream: again, sizeBytes: spooled.sizeBytes, close };
}

/** The first `bytes`, and the whole with these at its beginning; whoever gets an error instead owes nothing any more. */
export async function withHead(
  recording: RecordingRecord,
  opened: OpenedBytes,
  bytes: number,
): Promise<{ readonly head: Buffer; readonly bytes: OpenedBytes }> {
  const [begun] = await Promise.allSettled([readHead(opened.stream, bytes)]);
  if (begun.status === 'rejected') {
    await opened.close();
    throw brokenOff(`the media of ${recording.recordingSid}`, begun.reason);
  }
  const { head, stream } = begun.value;
  return { head, bytes: { ...opened, ...also(opened, stream) } };
}

/** Another stream in place of the opened one, which ends with it. */
export function also(opened: OpenedBytes, stream: Readable): Pick<OpenedBytes, 'stream' | 'close'> {
  const close = async (): Promise<void> => {
    stream.destroy();
    await opened.close();
  };
  return { stream, close };
}
