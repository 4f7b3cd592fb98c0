import type { SmsRequestIds } from '../shared/domain/sms-request.ts';
import type { AccountSid } from '../shared/domain/sids.ts';
import type { ToE164 } from '../shared/domain/task-shapes/canonical-task.ts';
import type { ConversationTasks } from '../shared/ports/conversation-tasks.ts';
import type { EventIds } from '../shared/ports/message-context.ts';
import type { Interactions } from '../shared/ports/interactions.ts';
import type { Meter } from '../shared/ports/meter.ts';
import type { OutboundConversations } from '../shared/ports/outbound-conversations.ts';
import type { PhoneWorkers } from '../shared/ports/phone-workers.ts';
import type { RequestHash } from '../shared/ports/request-hash.ts';
import type { SmsRequests } from '../shared/ports/sms-requests.ts';
import type { Tasks } from '../shared/ports/tasks.ts';
import type { Problem } from './problem.ts';
import type { SmsOrder } from './read-request.ts';

export interface SendSmsNeeds {
  readonly requests: SmsRequests;
  readonly requestHash: RequestHash;
  readonly workers: PhoneWorkers;
  readonly interactions: Interactions;
  readonly conversations: OutboundConversations;
  readonly conversationTasks: ConversationTasks;
  readonly tasks: Pick<Tasks, 'fetch' | 'findByAttributes'>;
  readonly accountSid: AccountSid;
  /** Whether a conversation goes on over many tasks. */
  readonly longLived: boolean;
  readonly toE164: ToE164;
  readonly meter: Meter;
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
}

/** One request under way. */
export interface Sending {
  readonly order: SmsOrder;
  /** Finds again at Twilio what this request made there; undefined without an idempotency key. */
  readonly mark: string | undefined;
  /** When the caller is answered with what is known by then. */
  readonly answerBy: Date;
  readonly note: (ids: EventIds) => void;
}

export type SmsOutcome =
  | { readonly kind: 'sent'; readonly ids: SmsRequestIds }
  /** Twilio took it and has not said everything yet. */
  | { readonly kind: 'accepted'; readonly ids: SmsRequestIds }
  /** `isNothingSent` is false where something was made before the problem. */
  | { readonly kind: 'problem'; readonly problem: Problem; readonly isNothingSent: boolean };

/** Nothing was made, so the request may be corrected and made again under its key. */
export function nothingSent(problem: Problem): SmsOutcome & { readonly kind: 'problem' } {
  return { kind: 'problem', problem, isNothingSent: true };
}
