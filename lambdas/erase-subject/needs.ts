import type { AccountSid } from '../shared/domain/sids.ts';
import type { ArchiveEraser } from '../shared/ports/archive-eraser.ts';
import type { ArchiveKeeping } from '../shared/ports/archive-keeping.ts';
import type { Certificates } from '../shared/ports/certificates.ts';
import type { Conversations } from '../shared/ports/conversations.ts';
import type { ErasureRequests } from '../shared/ports/erasure-requests.ts';
import type { SubjectHash } from '../shared/ports/identity-map.ts';
import type { Ledger } from '../shared/ports/ledger.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { PersonalItems } from '../shared/ports/personal-items.ts';
import type { QueueReader } from '../shared/ports/queue-reader.ts';
import type { Recordings } from '../shared/ports/recordings.ts';
import type { SubjectIndex } from '../shared/ports/subject-index.ts';
import type { TranscriptRecords } from '../shared/ports/transcript-records.ts';

export interface EraseSubjectNeeds {
  readonly ledger: Ledger;
  readonly transcripts: TranscriptRecords;
  readonly erasures: ErasureRequests;
  readonly index: SubjectIndex;
  readonly subjectHash: SubjectHash;
  readonly personalItems: PersonalItems;
  readonly eraser: ArchiveEraser;
  readonly keeping: Pick<ArchiveKeeping, 'lockOf' | 'isHeld' | 'setLegalHold'>;
  readonly certificates: Certificates;
  readonly recordings: Recordings;
  readonly conversations: Pick<Conversations, 'fetch' | 'deleteConversation'>;
  /** The dead-letter queues and the quarantine queue. */
  readonly putAside: readonly QueueReader[];
  readonly accountSid: AccountSid;
  readonly opensGovernance: boolean;
  readonly meter: Meter;
  readonly now: () => Date;
}

/** Which erasure a line of a timeline follows from. */
export interface Because {
  readonly erasureId: string;
  readonly requestedAt: Date;
  readonly subjectHashes: readonly string[];
  readonly taskHashes: readonly string[];
}

export const actor = 'erase-subject';
