import type { OnExistingLink } from './link.ts';
import type { TaskQueueSid } from './sids.ts';

/** What Calabrio makes a contact of, and so what a COMPLETE confirms. */
export type LegModel = 'per-reservation' | 'per-recording' | 'per-call';

/** Whose word stands for "the recording is safe elsewhere too". */
export type ConfirmedBy = 'calabrio' | 'archive' | 'both';

export interface QueuePolicy {
  /** True: no source of this queue is ever deleted. */
  readonly excluded?: boolean;
  readonly graceSeconds?: number;
}

/** When a source may be deleted at Twilio. Off and dry-run unless the stage says otherwise. */
export interface DeletionPolicy {
  readonly enabled: boolean;
  /** Everything but the deletion itself. */
  readonly dryRun: boolean;
  readonly confirmedBy: ConfirmedBy;
  /** How long after the last condition was met. */
  readonly graceSeconds: number;
  /** How many deletions an hour at most. */
  readonly hourlyCap: number;
  /** How many recordings whose link we replaced Calabrio must have completed before anything is deleted; 0 waives. */
  readonly ingestProof: number;
  readonly breaker: {
    /** How many of the last attempts are looked at; fewer than this open nothing. */
    readonly sampleSize: number;
    /** From which share of refusals and strangers' deletions among them on nothing is deleted any more. */
    readonly openAtPercent: number;
  };
  readonly allowedAccountSids: readonly string[];
  readonly allowedWorkspaceSids: readonly string[];
  /** What may stand for a COMPLETE besides it. Nothing by default. */
  readonly acceptLegs: readonly ('timed-out' | 'not-applicable')[];
  /** True: the source may go although Insights may still play it from Twilio. */
  readonly waiveInsights: boolean;
  readonly queues: Readonly<Record<TaskQueueSid, QueuePolicy>>;
}

export interface CalabrioPolicy {
  readonly tenantId: number;
  readonly legModel: LegModel;
  readonly verify: 'required' | 'when-configured' | 'off';
  /** True when Calabrio's API can be asked. */
  readonly isApiConfigured: boolean;
  /** How long after a leg's end a COMPLETE is waited for. */
  readonly legTimeoutSeconds: number;
}

/** What the platform team decided, as every function that plans knows it. */
export interface Policy {
  readonly deletion: DeletionPolicy;
  /** Absent where there is no Calabrio tenant. */
  readonly calabrio?: CalabrioPolicy;
  readonly onExistingLink: OnExistingLink;
  /** Whether any target wants contact statuses: the archive's own, or Calabrio's passed on. */
  readonly reports: { readonly archive: boolean; readonly calabrio: boolean };
}
