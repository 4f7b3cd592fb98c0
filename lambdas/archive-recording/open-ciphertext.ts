import type { ArchivedAudio, RecordingRecord } from '../shared/domain/recording-record.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { OpenedMedia, Recordings } from '../shared/ports/recordings.ts';
import { sourceOf } from './source-media.ts';
import type { OpenedSource } from './source-media.ts';

interface Needs {
  readonly recordings: Recordings;
  readonly archive: Archive;
}

/**
 * Opens an encrypted recording as it is: from Twilio, and once it is gone there from the archive, where it was stored
 * while nobody had the key.
 *
 * @throws {RetryableError} `media-unfit` when it is no audio.
 */
export async function openCiphertext(has: Needs, recording: RecordingRecord): Promise<OpenedSource> {
  const source = sourceOf(recording, await openAtTwilio(has.recordings, recording));
  if (source.kind === 'media') return source;
  const kept = keptCiphertext(recording);
  const found = kept && (await has.archive.open(kept.key, kept.versionId));
  return found === undefined ? source : { kind: 'media', stream: found.stream };
}

function keptCiphertext({ archive }: RecordingRecord): ArchivedAudio | undefined {
  const audio = archive.state === 'sealed' || archive.state === 'stored' ? archive.audio : undefined;
  return audio?.encryption === undefined ? undefined : audio;
}

/** Whether Twilio can give channels of what it cannot read is said nowhere: asked for first, and done without. */
async function openAtTwilio(
  recordings: Recordings,
  { accountSid, recordingSid }: RecordingRecord,
): Promise<OpenedMedia> {
  const both = await recordings.openCiphertext(accountSid, recordingSid, 2);
  return both.kind === 'media' ? both : recordings.openCiphertext(accountSid, recordingSid);
}
