/** Names of the worker queues, which are the functions'. */
export type QueueName =
  | 'enrich-task'
  | 'archive-recording'
  | 'link-recording'
  | 'calabrio-status'
  | 'delete-source'
  | 'report-status'
  | 'create-review-task'
  | 'archive-transcript'
  | 'erase-subject';

export interface Held {
  readonly messageId: string;
  readonly queueName: QueueName;
  readonly body: string;
  readonly sentAtMs: number;
  visibleAtMs: number;
  receiveCount: number;
}

/** The queues of a journey with their visibility, by the journey's clock. */
export interface JourneyQueues {
  send(queueName: QueueName, body: string, visibleAtMs: number): void;
  /** The message that becomes visible first; undefined when the queues are empty. */
  next(): Held | undefined;
  remove(message: Held): void;
  find(messageId: string): Held | undefined;
  readonly held: readonly Held[];
}

export function journeyQueues(now: () => number): JourneyQueues {
  const held: Held[] = [];
  let sent = 0;
  return {
    send(queueName, body, visibleAtMs) {
      sent += 1;
      held.push({ messageId: `m-${sent}`, queueName, body, sentAtMs: now(), visibleAtMs, receiveCount: 0 });
    },
    next: () => [...held].sort((a, b) => a.visibleAtMs - b.visibleAtMs)[0],
    remove: (message) => void held.splice(held.indexOf(message), 1),
    find: (messageId) => held.find((message) => message.messageId === messageId),
    held,
  };
}
