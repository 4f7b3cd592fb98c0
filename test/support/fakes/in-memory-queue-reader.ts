import type { QueuedMessage, QueueReader } from '../../../lambdas/shared/ports/queue-reader.ts';

/** A queue of messages that were put aside. */
export interface InMemoryQueueReader extends QueueReader {
  put(messageId: string, body: string, sentAt: Date): void;
  /** What lies there, in the order in which it was put. */
  all(): readonly QueuedMessage[];
}

/** What was handed out is hidden for as long as was asked, by the clock. */
export function inMemoryQueueReader(queueName: string, now: () => Date): InMemoryQueueReader {
  const held = new Map<string, { readonly message: QueuedMessage; readonly hiddenUntilMs: number }>();
  return {
    queueName,
    async receive(hideForSeconds) {
      const seen = [...held.values()].filter(({ hiddenUntilMs }) => hiddenUntilMs <= now().getTime()).slice(0, 10);
      for (const { message } of seen)
        held.set(message.messageId, { message, hiddenUntilMs: now().getTime() + hideForSeconds * 1000 });
      return seen.map(({ message }) => message);
    },
    async remove({ messageId }) {
      held.delete(messageId);
    },
    put(messageId, body, sentAt) {
      const message = {
        messageId,
        receiptHandle: `handle-${messageId}`,
        body,
        sentAt,
        receiveCount: 1,
        attributes: {},
      };
      held.set(messageId, { message, hiddenUntilMs: 0 });
    },
    all: () => [...held.values()].map(({ message }) => message),
  };
}
