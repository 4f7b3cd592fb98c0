import type { Readable } from 'node:stream';
import type { AccountSid, CallSid, ConferenceSid, RecordingSid } from '../domain/sids.ts';
import type { RecordingEncryption, SourceStatus } from '../domain/recording-record.ts';

/** A recording as Twilio's REST API describes it. */
export interface RecordingResource {
  readonly recordingSid: RecordingSid;
  readonly accountSid: AccountSid;
  readonly status: SourceStatus;
  readonly startedAt?: Date;
  /** Whole seconds as Twilio rounds them; absent until the recording is final. */
  readonly durationSeconds?: number;
  readonly channels?: number;
  readonly origin?: string;
  readonly callSid?: CallSid;
  readonly conferenceSid?: ConferenceSid;
  readonly errorCode?: string;
  readonly encryption?: RecordingEncryption;
}

export type FetchedRecording =
  { readonly kind: 'recording'; readonly recording: RecordingResource } | { readonly kind: 'gone' };

/** `gone` is Twilio's 404. `refused` is any other 4xx that says no for good, with Twilio's own error code if it gave one. */
export type DeletedRecording =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly status: number; readonly code?: number };

/**
 * Answers to a request for the media. `not-there` is 404: normal for some seconds after a call and final after a
 * deletion; only the caller knows which. `channels-unavailable` is Twilio's 400 to `RequestedChannels=2` of a mono
 * recording. `not-audio` is any other answer that must not be archived as sound.
 */
export type OpenedMedia =
  | {
      readonly kind: 'media';
      /** Must be read to its end or destroyed; an abandoned stream holds its socket. */
      readonly stream: Readable;
      /** From Content-Length; absent when Twilio sent none. */
      readonly sizeBytes?: number;
      readonly contentType: string;
    }
  | { readonly kind: 'not-there' }
  | { readonly kind: 'channels-unavailable' }
  | { readonly kind: 'not-audio'; readonly contentType: string };

/**
 * The recordings of one Twilio account. Every URL is built from SIDs, never from a `RecordingUrl` of a request.
 *
 * @throws {RetryableError} on 401, 403, 408, 429, 5xx and broken connections; `Retry-After` is kept when there is one.
 */
export interface Recordings {
  fetch(accountSid: AccountSid, recordingSid: RecordingSid): Promise<FetchedRecording>;
  /**
   * As `fetch`, with recordings that were deleted in the last 40 days: their status is `deleted`.
   * (https://www.twilio.com/docs/voice/api/recording, read 2026-11)
   */
  fetchAlsoDeleted(accountSid: AccountSid, recordingSid: RecordingSid): Promise<FetchedRecording>;
  /** Deletes the recording at Twilio, for good. Only delete-source may. */
  deleteRecording(accountSid: AccountSid, recordingSid: RecordingSid): Promise<DeletedRecording>;
  listOfConference(accountSid: AccountSid, conferenceSid: ConferenceSid): Promise<readonly RecordingResource[]>;
  listOfCall(accountSid: AccountSid, callSid: CallSid): Promise<readonly RecordingResource[]>;
  /**
   * Opens the media of an encrypted recording as Twilio has it, whatever it is called: both channels where `channels` is
   * 2, and what there is where nothing is asked for. `channels-unavailable` is any 4xx by which Twilio refuses the former.
   */
  openCiphertext(accountSid: AccountSid, recordingSid: RecordingSid, channels?: 2): Promise<OpenedMedia>;
  /** Opens the WAV; follows redirects to allowed hosts without taking the credentials along. */
  openMedia(accountSid: AccountSid, recordingSid: RecordingSid, channels: 1 | 2): Promise<OpenedMedia>;
}
