import type { CallEnding } from '../call-ending.ts';
import type { CanonicalTask } from '../task-shapes/canonical-task.ts';
import type { CanonicalWorker } from '../worker/canonical-worker.ts';
import type { TaskEventType } from '../task-event.ts';

/** What an event says besides its task's attributes. Goes in a message, so that a rule sees at the write what it saw at the event. */
export interface RuleEvent {
  readonly type: TaskEventType;
  /** ISO 8601. */
  readonly occurredAt: string;
  readonly taskSid: string;
  readonly channel?: string;
  readonly queueSid?: string;
  readonly queueName?: string;
  readonly reservationSid?: string;
  readonly workerSid?: string;
  readonly workerName?: string;
  /** Why the task was completed or canceled, as whoever did it said. */
  readonly reason?: string;
  readonly transferMode?: 'WARM' | 'COLD';
}

/** Everything an expression can see. All of it is plain JSON, frozen, and free of what looks like a secret. */
export interface RuleScope {
  readonly task: CanonicalTask;
  /** The task's attributes as they are. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly event: RuleEvent;
  /** The agent of the event, or the one the task is meant for. */
  readonly worker?: CanonicalWorker;
  readonly lookups: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly facts: {
    /** The root of the task's chain; absent for a task without parent. */
    readonly conversationId?: string;
    /** Whether the business hours hold at the event; absent without hours. */
    readonly isInBusinessHours?: boolean;
    /** Whether the task's own contact window holds at the event. */
    readonly isInContactWindow?: boolean;
    /** Whom Insights shall take the customer for; absent where `identity` is not configured. */
    readonly identity?: string;
  };
  /** How the talk ended, in the configured words; absent where nobody can say. */
  readonly ending?: CallEnding;
  /** What the customer lookup answered. */
  readonly customer?: Readonly<Record<string, unknown>>;
}

/** The parts of a scope that somebody outside has to be asked for. */
export const askedFor = ['ending', 'customer', 'worker', 'conversationId', 'identity'] as const;
export type AskedFor = (typeof askedFor)[number];
