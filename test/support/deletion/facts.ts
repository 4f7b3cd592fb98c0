import type { ArchiveMismatch, SourceStatus } from '../../../lambdas/shared/domain/recording-record.ts';
import type { TaskEventType } from '../../../lambdas/shared/domain/task-event.ts';
import type { TaskLink } from '../../../lambdas/shared/domain/task-record.ts';

/**
 * What can happen to one recorded call, in plain values: every moment is a number of seconds after the call began, tasks,
 * agents and recordings are numbers. Recording 1 is the one whose source may be deleted; 2 is a sibling of it.
 */
export type Says =
  /** A TaskRouter event. `knowsCalls`: its attributes carry the customer's call and the conference. */
  | {
      readonly kind: 'task';
      readonly type: TaskEventType;
      readonly task: number;
      readonly knowsCalls: boolean;
      /** The agent whose reservation it is, with the call that the attributes say is the agent's. */
      readonly leg?: number;
      readonly agentCall?: number;
      readonly transfer?: { readonly number: number; readonly fromLeg?: number; readonly toAgent?: number };
      /** On `reservation.accepted`, what only the story knows: the transfer that brought this agent. */
      readonly broughtBy?: number;
    }
  /** TaskRouter no longer has the task. */
  | { readonly kind: 'task-gone'; readonly task: number }
  /** The recording was found to be the task's; `leg`: as that agent's part; `agentCall`: the call that was recorded. */
  | {
      readonly kind: 'found';
      readonly task: number;
      readonly recording: 1 | 2;
      readonly leg?: number;
      readonly agentCall?: number;
    }
  /** What link-recording last knew of the task's link. */
  | { readonly kind: 'link'; readonly task: number; readonly state: TaskLink['state']; readonly seen?: number }
  /** What Twilio says of recording 1. */
  | {
      readonly kind: 'source';
      readonly status: SourceStatus;
      readonly channels?: number;
      readonly durationSeconds?: number;
      readonly recorded?: 'conference' | 'customer-call' | 'agent-1-call';
    }
  /** Where the copy stands. */
  | {
      readonly kind: 'copy';
      readonly state: 'stored' | 'verified' | 'mismatched' | 'failed';
      readonly what?: ArchiveMismatch;
      readonly channels?: number;
      readonly durationSeconds?: number;
      readonly sizeBytes?: number;
      readonly isVersionUnknown?: boolean;
    }
  /** The verified copy was looked at again, and is not what it was. */
  | { readonly kind: 'copy-doubted'; readonly what: ArchiveMismatch }
  /** A contact status. `refused`: the door did not let it in (wrong token, wrong tenant, not JSON, our own report). */
  | {
      readonly kind: 'contact';
      readonly status: string;
      readonly ccrId: number;
      readonly sessionId: string;
      readonly legId: string;
      readonly door?: 'refused';
      readonly isContradictory?: true;
    }
  /** What Calabrio's API answered. */
  | { readonly kind: 'api'; readonly ccrId: number; readonly result: 'confirmed' | 'mismatched' | 'unconfirmed' }
  | { readonly kind: 'hold'; readonly matter: string }
  | { readonly kind: 'release'; readonly matter: string }
  /** Our own deletion: written down before Twilio is asked, given up, done, or found done by somebody. */
  | { readonly kind: 'intend' }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'found-gone' }
  | { readonly kind: 'erasure-requested' }
  | { readonly kind: 'erased' };

export interface Fact {
  /** Its name in the story, which a failure is told with. */
  readonly name: string;
  /** When it happened, or was received; seconds. */
  readonly at: number;
  readonly says: Says;
}

/**
 * What one of our own functions, or a person, does one after another: such facts keep their order. All else is a message,
 * comes in any order, and may come again at any time.
 */
export function seriesOf({ says }: Fact): 'copy' | 'link' | 'hold' | 'deletion' | 'erasure' | undefined {
  switch (says.kind) {
    case 'copy':
    case 'copy-doubted':
      return 'copy';
    case 'hold':
    case 'release':
      return 'hold';
    case 'intend':
    case 'withdraw':
    case 'deleted':
    case 'found-gone':
      return 'deletion';
    case 'erasure-requested':
    case 'erased':
      return 'erasure';
    case 'link':
      return 'link';
    default:
      return undefined;
  }
}
