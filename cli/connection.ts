import type { Policy } from '../lambdas/shared/domain/policy.ts';
import type { CallSid, ConferenceSid } from '../lambdas/shared/domain/sids.ts';
import type { TaskRecord } from '../lambdas/shared/domain/task-record.ts';
import type { Archive } from '../lambdas/shared/ports/archive.ts';
import type { ArchiveKeeping } from '../lambdas/shared/ports/archive-keeping.ts';
import type { ArchiveReports } from '../lambdas/shared/ports/archive-reports.ts';
import type { CallEnds } from '../lambdas/shared/ports/calls.ts';
import type { Certificates } from '../lambdas/shared/ports/certificates.ts';
import type { ContactInbox } from '../lambdas/shared/ports/contact-inbox.ts';
import type { ControlRecords } from '../lambdas/shared/ports/control-records.ts';
import type { ErasureRequests } from '../lambdas/shared/ports/erasure-requests.ts';
import type { SubjectHash } from '../lambdas/shared/ports/identity-map.ts';
import type { Ledger } from '../lambdas/shared/ports/ledger.ts';
import type { RecordingList, RecordingPage } from '../lambdas/shared/ports/recording-list.ts';
import type { SubjectIndex } from '../lambdas/shared/ports/subject-index.ts';
import type { TranscriptRecords } from '../lambdas/shared/ports/transcript-records.ts';
import type { SecretSource } from '../lambdas/shared/ports/secret-source.ts';
import type { Workers } from '../lambdas/shared/ports/workers.ts';
import type { TwilioSecret } from '../lambdas/shared/adapters/secrets/twilio-secret.ts';
import type { WorkerName } from '../lib/naming.ts';
import type { Installation } from './installation.ts';

/** The attributes a task has at Twilio now, had when it was last seen there, or nothing: Twilio forgets a task 5 minutes after its end. */
export type LastAttributes =
  | { readonly kind: 'at-twilio'; readonly attributes: string }
  | { readonly kind: 'as-last-seen'; readonly attributes: string }
  | { readonly kind: 'gone' };

/** A message that was put aside: a dead letter, a quarantined message, or one parked in the archive bucket. */
export interface AsideMessage {
  readonly messageId: string;
  /** The queue body, unchanged. */
  readonly body: string;
  /** Why it was put aside; `killed-function` when SQS moved it by count and nobody wrote a reason. */
  readonly reason: string;
  /** The id it had on the queue from which it was put aside, when somebody wrote it down. */
  readonly originalMessageId?: string;
}

/** A place where messages were put aside. */
export interface AsidePlace {
  /** `enrich-task-dead-letters`, `quarantine`, `parked/enrich-task`, as people name it. */
  readonly name: string;
  /**
   * The messages, each once, hidden from other readers while `visit` looks at them. A message for which `visit`
   * returned `remove` is taken away; the others are back in their place afterwards.
   */
  visitAll(visit: (message: AsideMessage) => Promise<'remove' | 'leave'>): Promise<void>;
}

/** The recordings of the stage's own account at Twilio. */
export interface AccountRecordings {
  /** As `RecordingList.page`. */
  page(of: Parameters<RecordingList['page']>[1]): Promise<RecordingPage>;
}

/** The calls of the stage's own account at Twilio. */
export interface AccountCalls {
  /** Who called whom, as `Calls.fetch`. */
  endsOf(callSid: CallSid): Promise<CallEnds | undefined>;
  /** The call that ended a conference; undefined while none has, where the API did, and where Twilio has no such conference. */
  thatEnded(conferenceSid: ConferenceSid): Promise<CallSid | undefined>;
}

/** A pipeline that the operator is connected to: one in AWS, or the local cloud. */
export interface Connection {
  /** For people: `the local cloud at http://127.0.0.1:4566`, `stage dev in us-east-1`. */
  readonly name: string;
  /** The row of the stage table that it was deployed from. */
  readonly stageName: string;
  readonly ledger: Ledger;
  readonly inbox: ContactInbox;
  readonly controls: ControlRecords;
  /** In the ledger's table. */
  readonly transcripts: TranscriptRecords;
  /** In the ledger's table: whom tasks and recordings are about. */
  readonly subjectIndex: SubjectIndex;
  /** With the stage's own key, which is read when the first hash is made. */
  readonly subjectHash: SubjectHash;
  /** The archive bucket, to read from. */
  readonly archive: Pick<Archive, 'open' | 'look'> & Pick<ArchiveKeeping, 'versions' | 'isHeld' | 'lockOf'>;
  /** In the ledger's table. */
  readonly erasures: ErasureRequests;
  /** In the archive bucket, to read. */
  readonly certificates: Pick<Certificates, 'read'>;
  /** What reconcile found, as it lies in the archive bucket. */
  readonly reports: Pick<ArchiveReports, 'readReport'>;
  /** At Twilio; nobody is asked before the first page is. */
  readonly recordings: AccountRecordings;
  /** At Twilio, as the recordings. */
  readonly calls: AccountCalls;
  /** The agents of the stage's workspace, at Twilio; nobody is asked before a method is called. */
  readonly workers: Workers;
  /** What the functions know of Twilio: the key they call with and the tokens that prove senders. */
  readonly twilioSecret: SecretSource<TwilioSecret>;
  /** The base that every Twilio host maps to; undefined for Twilio itself. */
  readonly twilioUrl: string | undefined;
  /** How it is set up; nobody is asked before a method is called. */
  readonly installation: Installation;
  /** When a source may go there; undefined where the pipeline does not say. */
  readonly policy: Policy | undefined;
  /** The base of every URL that others are given; undefined where the pipeline does not say. */
  readonly publicUrl: string | undefined;
  /** The pipeline's own time: a local cloud's day runs at its own pace. */
  now(): Date;
  /** The token that Calabrio's webhook URL ends in, read from its secret. */
  calabrioToken(): Promise<string>;
  lastAttributes(task: Pick<TaskRecord, 'taskSid' | 'workspaceSid'>): Promise<LastAttributes>;
  /** The places whose messages belong to `queue`, or the quarantine. */
  asidePlaces(of: WorkerName | 'quarantine'): readonly AsidePlace[];
  /** Sends the body unchanged to the queue; resolves to the id that the message has there. */
  sendBack(queue: WorkerName, body: string): Promise<string>;
  /** How many messages wait in the queue, in flight and delayed ones too; SQS gives it about right. */
  queueDepth(queue: WorkerName): Promise<number>;
  /** Invokes reconcile once, with this event, and waits for its end; the answer is what it returned. */
  reconcile(event?: object): Promise<unknown>;
  close(): Promise<void>;
}
