import { isTombstoned } from '../shared/domain/erasure/erasure-life.ts';
import type { ArchivedAudio, RecordingRecord } from '../shared/domain/recording-record.ts';
import { hasRetentionEnded } from '../shared/domain/retention/keeping-life.ts';
import { isEmpty } from '../shared/domain/source-status.ts';
import type { PlaybackRequest } from '../shared/ports/playback-urls.ts';

/** A listener may pause; after this and the recording's own length the page must be opened again. */
const listeningMarginSeconds = 15 * 60;
const longestListeningSeconds = 6 * 3600;

/** How long to wait for a copy that is being made. */
const notYetSeconds = 30;

/** A copy that was given up, or that nobody has the key of, waits for a person, who will not be there within seconds. */
const givenUpSeconds = 3600;

/** What can be played of a recording, or why it cannot; `status` is HTTP's. */
export type Playable =
  | { readonly kind: 'sound'; readonly audio: ArchivedAudio }
  | { readonly kind: 'none'; readonly status: 404 | 410 }
  | { readonly kind: 'later'; readonly retryAfterSeconds: number };

export function playable(recording: RecordingRecord | undefined, now: Date): Playable {
  if (recording === undefined) return { kind: 'none', status: 404 };
  if (isWithdrawn(recording) || hasRetentionEnded(recording, now)) return { kind: 'none', status: 410 };
  const { archive } = recording;
  switch (archive.state) {
    case 'verified':
      // Kept as Twilio encrypted it: no player hears what lies there, and it is not gone either.
      if (archive.audio.encryption !== undefined) return { kind: 'later', retryAfterSeconds: givenUpSeconds };
      return { kind: 'sound', audio: archive.audio };
    case 'failed':
    case 'mismatched':
    case 'sealed':
      return { kind: 'later', retryAfterSeconds: givenUpSeconds };
    case 'none':
    case 'stored':
      return { kind: 'later', retryAfterSeconds: notYetSeconds };
  }
}

/** For good: the link was withdrawn, there never was a sound, or the recording is erased or about to be. */
function isWithdrawn(recording: RecordingRecord): boolean {
  return recording.linkRevoked || isEmpty(recording.source.status) || isTombstoned(recording);
}

/** The address that is to be signed: of the version that was proved, for as long as somebody may listen. */
export function addressOf(recordingSid: string, audio: ArchivedAudio, method: 'GET' | 'HEAD'): PlaybackRequest {
  const { key, versionId, contentType, durationSeconds } = audio;
  return {
    method,
    key,
    ...(versionId !== undefined && { versionId }),
    validForSeconds: Math.min(Math.ceil(durationSeconds) + listeningMarginSeconds, longestListeningSeconds),
    contentType,
    fileName: `${recordingSid}.wav`,
  };
}
