import type { TaskAttributes } from '../shared/domain/task-attributes.ts';
import type { SmsOrder } from './read-request.ts';

/** The attribute by which a request finds its task again. */
export const markAttribute = 'outboundRequest';

/**
 * What the task says from its beginning: what the old function wrote, and the names that Flex reads. Flex adds its own:
 * the conversation, the interaction and its channel.
 * (https://www.twilio.com/docs/flex/developer/conversations/interactions-api#task-attributes, read 2026-11)
 */
export function taskAttributes(order: SmsOrder, mark: string | undefined): TaskAttributes {
  const { fromNumber, toName, toNumber } = order;
  return {
    // The workflow matches it with the worker's `phone`.
    targetWorkerPhone: fromNumber,
    // A boolean: plug-ins compare it with ===.
    autoAnswer: true,
    ...{ name: toName, customerName: toName },
    ...{ from: fromNumber, to: toNumber, direction: 'outbound' },
    customerAddress: toNumber,
    ...(mark !== undefined && { [markAttribute]: mark }),
  };
}
