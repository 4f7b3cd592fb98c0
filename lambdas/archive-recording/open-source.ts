import type { RecordingRecord } from '../shared/domain/recording-record.ts';
import type { Recordings } from '../shared/ports/recordings.ts';
import { sourceOf } from './source-media.ts';
import type { OpenedSource } from './source-media.ts';

/**
 * Opens the media afresh with each call, both channels where there are two: a conference's is mixed to one unless two are
 * asked for, so two are asked for first. Twilio answers 400 where there is only one, which is not asked again.
 *
 * @throws {RetryableError} `media-unfit` when it is no audio.
 */
export function sourceOpener(
  has: { readonly recordings: Recordings },
  recording: RecordingRecord,
): () => Promise<OpenedSource> {
  const { accountSid, recordingSid } = recording;
  let isMono = false;
  return async () => {
    const opened = await has.recordings.openMedia(accountSid, recordingSid, isMono ? 1 : 2);
    isMono ||= opened.kind === 'channels-unavailable';
    const media =
      opened.kind === 'channels-unavailable' ? await has.recordings.openMedia(accountSid, recordingSid, 1) : opened;
    return sourceOf(recording, media);
  };
}
