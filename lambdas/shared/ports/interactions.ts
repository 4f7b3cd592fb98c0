import type { ConversationSid, InteractionChannelSid, InteractionSid, TaskSid, WorkerSid } from '../domain/sids.ts';
import type { TaskAttributes } from '../domain/task-attributes.ts';

/** A customer's number, and ours that they write to: only one open conversation can have the pair. */
export interface NumberPair {
  readonly address: string;
  readonly proxyAddress: string;
}

/** Twilio's no to a request that it did nothing for; of its words only the code is kept, because they quote numbers. */
export interface TwilioRefusal {
  readonly kind: 'refused';
  readonly status: number;
  readonly code?: number;
  readonly retryAfterSeconds?: number;
}

/** An interaction that an agent begins; it is always routed to that worker, who must be available. */
export interface NewInteraction {
  readonly pair: NumberPair;
  /** The open conversation that it goes on in; without one Flex makes one. */
  readonly conversationSid?: ConversationSid;
  readonly workerSid: WorkerSid;
  readonly attributes: TaskAttributes;
}

/** What Twilio said of an interaction; what is absent it has not said yet. */
export interface InteractionIds {
  readonly interactionSid?: InteractionSid;
  readonly channelSid?: InteractionChannelSid;
  readonly taskSid?: TaskSid;
  readonly conversationSid?: ConversationSid;
}

export interface InteractionChannel {
  readonly channelSid: InteractionChannelSid;
  readonly isFailed: boolean;
  /** Twilio's code of the failure, where it gives one. */
  readonly errorCode?: number;
}

/**
 * Flex's interactions. (https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions, read 2026-11)
 *
 * @throws {RetryableError} on 408, 5xx and broken connections, and from what only reads also on 401, 403, 429 and
 *   whatever else was not expected; after `start` has thrown, nobody knows whether there is an interaction.
 */
export interface Interactions {
  /** Begins one more on each call. An answer only means that it was accepted: it is made afterwards. */
  start(interaction: NewInteraction): Promise<({ readonly kind: 'started' } & InteractionIds) | TwilioRefusal>;
  /** Its one channel; undefined while there is none. */
  channel(interactionSid: InteractionSid): Promise<InteractionChannel | undefined>;
  /** The task that the channel's first invite made; undefined while there is none. */
  invitedTask(interactionSid: InteractionSid, channelSid: InteractionChannelSid): Promise<TaskSid | undefined>;
}
