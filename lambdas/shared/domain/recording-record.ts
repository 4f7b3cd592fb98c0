import type { AccountSid, CallSid, ConferenceSid, RecordingSid, TaskSid } from './sids.ts';
import type { FoundBy } from './task-record.ts';

/** What Twilio says of the recording. `completed`, `absent`, `failed` and `deleted` are final. */
export type SourceStatus =
  'unknown' | 'in-progress' | 'paused' | 'stopped' | 'processing' | 'completed' | 'absent' | 'failed' | 'deleted';

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
  readonly channels: number;
  readonly durationSeconds: number;
  readonly storedAt: Date;
}

/**
 * Where the copy stands. `stored`: the object exists and is not proved. `verified`: its bytes were read again and are
 * what Twilio sent. `mismatched`: another object lies under the key. `failed`: given up for good, with its reason.
 */
export type ArchiveFacet =
  | { readonly state: 'none' }
  | { readonly state: 'stored'; readonly audio: ArchivedAudio }
  | { readonly state: 'verified'; readonly audio: ArchivedAudio; readonly verifiedAt: Date }
  | { readonly state: 'mismatched'; readonly reason: string }
  | { readonly state: 'failed'; readonly reason: string };

/** One recording's life in the ledger. */
export interface RecordingRecord {
  readonly recordingSid: RecordingSid;
  /** 0 until first saved; each save adds one and is conditional on the version that was read. */
  readonly version: number;
  readonly accountSid: AccountSid;
  readonly foundBy: FoundBy;
  readonly firstSeenAt: Date;
  readonly source: RecordingSource;
  readonly archive: ArchiveFacet;
  readonly taskSids: readonly TaskSid[];
  /** The first time the media was asked for and not there; every wait for it counts from here. */
  readonly mediaMissingSince?: Date;
  /** A withdrawn link: playback answers 410. */
  readonly linkRevoked: boolean;
  /** When something can next be done; absent when it is at rest. Reconcile reads what is due. */
  readonly dueAt?: Date;
}
