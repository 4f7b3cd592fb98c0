import { Readable } from 'node:stream';
import type { AccountSid, RecordingSid } from '../../../lambdas/shared/domain/sids.ts';
import type {
  DeletedRecording,
  OpenedMedia,
  RecordingResource,
  Recordings,
} from '../../../lambdas/shared/ports/recordings.ts';
import { frozen } from './frozen.ts';
import { scriptedFaults } from './scripted-faults.ts';
import type { ScriptedFaults } from './scripted-faults.ts';

type RecordingsCall =
  'fetch' | 'fetchAlsoDeleted' | 'deleteRecording' | 'listOfConference' | 'listOfCall' | 'openMedia' | 'openCiphertext';

/** What Twilio holds of one recording's sound. Without `stereo` it was recorded in one channel only. */
export interface HeldMedia {
  readonly mono: Buffer;
  readonly stereo?: Buffer;
  /** What there is instead of `mono`, where it is encrypted; in two channels it is then only to be had as `stereo`. */
  readonly ciphertext?: Buffer;
  /** Twilio's is `audio/x-wav`. */
  readonly contentType?: string;
  /** Sends no Content-Length. */
  readonly withoutLength?: boolean;
  /** Breaks the stream with a reset after this many bytes. */
  readonly breaksAfterBytes?: number;
}

/** An account's recordings in memory, and the hands that Twilio has on them. */
export interface InMemoryRecordings extends Recordings, Pick<ScriptedFaults<RecordingsCall>, 'failNext'> {
  /** Puts the recording there, or in place of the one that is. Without `media` its sound is not there yet (404). */
  put(recording: RecordingResource, media?: HeldMedia): void;
  /** Every recording as it is now, the deleted ones too, in the order in which they were first put there. */
  all(): readonly RecordingResource[];
  /** Takes the recording away with its sound and every trace of it, as 40 days after a deletion. */
  remove(recordingSid: RecordingSid): void;
  /** Somebody else deletes it: the sound goes, and that it is deleted can still be seen. */
  deleteElsewhere(recordingSid: RecordingSid): void;
  /** The next deletion is answered with this instead of being carried out. */
  refuseNextDeletion(answer: Extract<DeletedRecording, { kind: 'refused' }>): void;
  /** Every deletion that was asked for, in order, whatever became of it. */
  readonly deletionRequests: readonly RecordingSid[];
  /** How often each recording's sound was asked for, by SID and channels, in order. */
  readonly mediaRequests: readonly MediaRequest[];
}

/** `as-it-is`: without a wish for channels. */
interface MediaRequest {
  readonly recordingSid: RecordingSid;
  readonly channels: 1 | 2 | 'as-it-is';
}

export function inMemoryRecordings(): InMemoryRecordings {
  const held = new Map<
    RecordingSid,
    { readonly recording: RecordingResource; readonly media: HeldMedia | undefined }
  >();
  const faults = scriptedFaults<RecordingsCall>();
  const mediaRequests: MediaRequest[] = [];
  const deletionRequests: RecordingSid[] = [];
  const refusals: Extract<DeletedRecording, { kind: 'refused' }>[] = [];
  const listed = (isWanted: (recording: RecordingResource) => boolean): readonly RecordingResource[] =>
    [...held.values()]
      .map(({ recording }) => recording)
      .filter((recording) => recording.status !== 'deleted' && isWanted(recording));
  const softDelete = (recording: RecordingResource): void =>
    void held.set(recording.recordingSid, { recording: frozen({ ...recording, status: 'deleted' }), media: undefined });

  /** Twilio serves the sound of a recording that is final, and nothing before. */
  const mediaOf = (accountSid: AccountSid, recordingSid: RecordingSid): HeldMedia | undefined => {
    const found = held.get(recordingSid);
    const isServed = found?.recording.accountSid === accountSid && found.recording.status === 'completed';
    return isServed ? found.media : undefined;
  };

  return {
    async fetch(accountSid, recordingSid) {
      faults.strike('fetch');
      const recording = held.get(recordingSid)?.recording;
      if (recording?.accountSid !== accountSid || recording.status === 'deleted') return { kind: 'gone' };
      return { kind: 'recording', recording };
    },
    async fetchAlsoDeleted(accountSid, recordingSid) {
      faults.strike('fetchAlsoDeleted');
      const recording = held.get(recordingSid)?.recording;
      if (recording?.accountSid !== accountSid) return { kind: 'gone' };
      return { kind: 'recording', recording };
    },
    async deleteRecording(accountSid, recordingSid) {
      deletionRequests.push(recordingSid);
      faults.strike('deleteRecording');
      const recording = held.get(recordingSid)?.recording;
      if (recording?.accountSid !== accountSid || recording.status === 'deleted') return { kind: 'gone' };
      const refusal = refusals.shift();
      if (refusal !== undefined) return refusal;
      // "Only completed recordings can be deleted" (https://www.twilio.com/docs/voice/api/recording, read 2026-11).
      if (recording.status !== 'completed') return { kind: 'refused', status: 400, code: 20001 };
      softDelete(recording);
      return { kind: 'deleted' };
    },
    async listOfConference(accountSid, conferenceSid) {
      faults.strike('listOfConference');
      return listed((recording) => recording.accountSid === accountSid && recording.conferenceSid === conferenceSid);
    },
    async listOfCall(accountSid, callSid) {
      faults.strike('listOfCall');
      return listed((recording) => recording.accountSid === accountSid && recording.callSid === callSid);
    },
    async openMedia(accountSid, recordingSid, channels) {
      faults.strike('openMedia');
      mediaRequests.push({ recordingSid, channels });
      return opened(mediaOf(accountSid, recordingSid), channels);
    },
    async openCiphertext(accountSid, recordingSid, channels) {
      faults.strike('openCiphertext');
      mediaRequests.push({ recordingSid, channels: channels ?? 'as-it-is' });
      const media = mediaOf(accountSid, recordingSid);
      const ciphertext = media && { ...media, mono: media.ciphertext ?? media.mono };
      return opened(ciphertext, channels ?? 1);
    },
    all: () => [...held.values()].map(({ recording }) => recording),
    put: (recording, media) => void held.set(recording.recordingSid, { recording: frozen(recording), media }),
    remove: (recordingSid) => void held.delete(recordingSid),
    deleteElsewhere(recordingSid) {
      const found = held.get(recordingSid);
      if (found !== undefined) softDelete(found.recording);
    },
    refuseNextDeletion: (answer) => void refusals.push(answer),
    deletionRequests,
    failNext: faults.failNext,
    mediaRequests,
  };
}

function opened(media: HeldMedia | undefined, channels: 1 | 2): OpenedMedia {
  if (media === undefined) return { kind: 'not-there' };
  const contentType = media.contentType ?? 'audio/x-wav';
  if (!contentType.startsWith('audio/')) return { kind: 'not-audio', contentType };
  const bytes = channels === 2 ? media.stereo : media.mono;
  if (bytes === undefined) return { kind: 'channels-unavailable' };
  const stream = Readable.from(pieces(bytes, media.breaksAfterBytes), { objectMode: false });
  return { kind: 'media', stream, contentType, ...(media.withoutLength !== true && { sizeBytes: bytes.length }) };
}

function* pieces(bytes: Buffer, breaksAfterBytes = Infinity): Generator<Buffer> {
  const end = Math.min(bytes.length, breaksAfterBytes);
  for (let at = 0; at < end; at += 16_384) yield bytes.subarray(at, Math.min(at + 16_384, end));
  if (end < bytes.length) throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}
