import type { KeptFacets } from './kept-facets.ts';
import type { RefusalReason } from './refusals.ts';
import type {
  AccountSid,
  CallSid,
  ConferenceSid,
  PublicKeySid,
  RecordingSid,
  ReservationSid,
  TaskSid,
} from './sids.ts';
import type { FoundBy } from './task-record.ts';

/** What Twilio says of the recording. `completed`, `absent`, `failed` and `deleted` are final. */
export type SourceStatus =
  'unknown' | 'in-progress' | 'paused' | 'stopped' | 'processing' | 'completed' | 'absent' | 'failed' | 'deleted';

/**
 * How Twilio encrypted the media, for the holder of one private key alone: AES-256-GCM under a key of its own, which is
 * wrapped by RSA-OAEP with SHA-256. (https://www.twilio.com/docs/voice/tutorials/voice-recording-encryption, read 2026-11)
 */
export interface RecordingEncryption {
  readonly publicKeySid: PublicKeySid;
  /** Base64. */
  readonly encryptedCek: string;
  /** Base64 of 12 bytes. */
  readonly iv: string;
}

/**
 * A time in which the recording was paused, as far as we were told; `until` is absent while it is, or was to the end.
 *
 * Twilio documents the status `paused` of the Recording resource and no callback for it, so one that began and ended
 * between two looks is not known. (https://www.twilio.com/docs/voice/api/recording, read 2026-11)
 */
export interface RecordingPause {
  readonly from: Date;
  readonly until?: Date;
}

export interface RecordingSource {
  readonly status: SourceStatus;
  /** Twilio's error code with `absent` or `failed`, for example 16101 (too short). */
  readonly errorCode?: string;
  /** When the recording began, from the Recording resource; the archive key's day is its UTC day. */
  readonly startedAt?: Date;
  readonly durationSeconds?: number;
  readonly channels?: number;
  /** Twilio's `source`: `Conference`, `DialVerb`, `RecordVerb`, … */
  readonly origin?: string;
  readonly callSid?: CallSid;
  readonly conferenceSid?: ConferenceSid;
  /** Absent where Twilio did not encrypt it. */
  readonly encryption?: RecordingEncryption;
}

/** Checksums and sizes of the bytes as they were streamed from Twilio and read again from S3. */
export interface ArchivedAudio {
  readonly key: string;
  readonly versionId?: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Base64, as S3 writes it. */
  readonly crc64Nvme: string;
  readonly contentType: string;
  /** Of the sound; 0 where nobody could look into the ciphertext yet. */
  readonly channels: number;
  /** Of the sound; 0 where nobody could look into the ciphertext yet. */
  readonly durationSeconds: number;
  readonly storedAt: Date;
  /** Set where the stored bytes are Twilio's ciphertext with its tag; absent where they are sound. */
  readonly encryption?: RecordingEncryption;
}

/** In what the copy is not what it should be. */
export type ArchiveMismatch = 'size' | 'hash' | 'channels' | 'duration' | 'header' | 'missing';

/**
 * Where the copy stands. `stored`: the object exists and is not proved. `verified`: its bytes were read again and are
 * what Twilio sent. `sealed`: they are, and nobody of us has the key, so that what they hold is not proved. `mismatched`:
 * another object lies under the key, or a verified copy was found not to be what it was. `failed`: given up for good, with
 * its reason.
 */
export type ArchiveFacet =
  | { readonly state: 'none' }
  | { readonly state: 'stored'; readonly audio: ArchivedAudio }
  | { readonly state: 'verified'; readonly audio: ArchivedAudio; readonly verifiedAt: Date }
  | { readonly state: 'sealed'; readonly audio: ArchivedAudio; readonly sealedAt: Date }
  | {
      readonly state: 'mismatched';
      readonly reason: string;
      readonly what?: ArchiveMismatch;
      /** The copy as it was proved, where it was: it may be so again. */
      readonly audio?: ArchivedAudio;
    }
  | { readonly state: 'failed'; readonly reason: string };

/**
 * One contact status of Calabrio's that was found to be about this recording, once for each hash; what it confirms is
 * worked out when it is asked for, because siblings and legs may become known later.
 */
export interface RecordingContact {
  readonly hash: string;
  readonly ccrId: number;
  readonly sessionId: string;
  readonly legId: string;
  /** `COMPLETE`, `FAILED`, or another word, which is kept and not acted on. */
  readonly status: string;
  /** Free text of Calabrio's: kept, never logged. */
  readonly failureReason?: string;
  readonly firstReceivedAt: Date;
  readonly lastReceivedAt: Date;
  /** `sessionId` and `legId` lead to different recordings: it confirms nothing. */
  readonly isContradictory: boolean;
}

/** What Calabrio's API said of one contact when it was last asked. */
export interface ContactVerification {
  readonly ccrId: number;
  /** `unconfirmed`: not there, not uploaded yet, or without anything that ties it to us. */
  readonly result: 'confirmed' | 'mismatched' | 'unconfirmed';
  readonly checkedAt: Date;
  /** In words of ours. */
  readonly why?: string;
}

/**
 * What became of the source by our own doing. `intended`: written before Twilio is asked, so that a 404 can be told
 * from a deletion by somebody else, which is `gone-external`.
 */
export type SourceDeletion =
  | { readonly state: 'none' }
  | { readonly state: 'intended'; readonly intendedAt: Date }
  | {
      readonly state: 'deleted';
      readonly intendedAt: Date;
      readonly deletedAt: Date;
      /** How we know: Twilio no longer has it, or shows it as deleted. */
      readonly confirmedBy: 'not-found' | 'soft-deleted';
    }
  | { readonly state: 'gone-external'; readonly foundAt: Date };

/** A contact status of ours that was queued for the targets: of one leg, or of the whole recording where it has none. */
export interface SentReport {
  readonly reservationSid?: ReservationSid;
  readonly status: 'COMPLETE' | 'FAILED';
}

/** One recording's life in the ledger. */
export interface RecordingRecord extends KeptFacets {
  readonly recordingSid: RecordingSid;
  /** 0 until first saved; each save adds one and is conditional on the version that was read. */
  readonly version: number;
  readonly accountSid: AccountSid;
  readonly foundBy: FoundBy;
  readonly firstSeenAt: Date;
  readonly source: RecordingSource;
  readonly archive: ArchiveFacet;
  readonly taskSids: readonly TaskSid[];
  /** In the order of their beginnings; absent while none is known. */
  readonly pauses?: readonly RecordingPause[];
  /** The first time the media was asked for and not there; every wait for it counts from here. */
  readonly mediaMissingSince?: Date;
  /** A withdrawn link: playback answers 410. */
  readonly linkRevoked: boolean;
  readonly contacts: readonly RecordingContact[];
  readonly verifications: readonly ContactVerification[];
  readonly deletion: SourceDeletion;
  readonly reports: readonly SentReport[];
  /** Why the source stayed when it was last planned; absent while deletion is switched off. */
  readonly refusals?: readonly RefusalReason[];
  /** When the plan may turn out otherwise though nothing happens; reconcile reads the earlier of this and `dueAt`. */
  readonly reviewAt?: Date;
  /** When something can next be done for the copy; absent when that is at rest. Reconcile reads what is due. */
  readonly dueAt?: Date;
}
