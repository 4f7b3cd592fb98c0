import type { ConversationSid } from '../../../lambdas/shared/domain/sids.ts';
import type { NumberPair } from '../../../lambdas/shared/ports/interactions.ts';
import type { JsonObject } from '../json.ts';
import type { Task, Worker } from './records.ts';
import type { TaskChannel, TaskQueue, Workflow } from './routing-records.ts';

/** One contact in Flex: a channel with a conversation, and the task that its invite made. */
export interface Interaction {
  /** KD… */
  readonly sid: string;
  /** UO… */
  readonly channelSid: string;
  /** KG… */
  readonly inviteSid: string;
  readonly initiatedBy: 'agent' | 'customer';
  readonly routing: InteractionRouting;
  /** UT… by whom. */
  readonly participants: { readonly sid: string; readonly type: 'customer' | 'agent' }[];
  status: 'setup' | 'active' | 'failed' | 'closed' | 'inactive';
  errorCode?: number;
  task?: Task;
  conversationSid?: ConversationSid;
}

export interface InteractionRouting {
  readonly workflow: Workflow;
  readonly queue: TaskQueue;
  readonly channel: TaskChannel;
  /** The one whom an agent's interaction is always routed to. */
  readonly worker?: Worker;
  readonly attributes: JsonObject;
}

export interface NewInteraction {
  readonly initiatedBy: Interaction['initiatedBy'];
  readonly routing: InteractionRouting;
  /** The conversation that it is about, or whose pair a new one gets. */
  readonly media: { readonly conversationSid: ConversationSid } | { readonly pair: NumberPair };
}
