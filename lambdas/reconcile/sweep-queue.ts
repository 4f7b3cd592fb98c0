import { parkedJson, parkedKey } from '../shared/messages/parked-message.ts';
import type { Archive } from '../shared/ports/archive.ts';
import type { QueueReader } from '../shared/ports/queue-reader.ts';

/** Younger messages stay on their queue, where a person sees them first. SQS itself drops them after 14 days. */
const keepOnQueueSeconds = 3 * 24 * 3600;

/** Long enough that a message is met once in a run, short enough that a person is not kept from it. */
const hideForSeconds = 15;

/** SQS may answer empty from a corner of a queue that is not. */
const emptyAnswersThatEnd = 2;

/**
 * Moves the old messages of a dead-letter or quarantine queue to S3: written first, then removed, so that a run that
 * dies in between leaves two copies and never none. Resolves to how many were moved.
 */
export async function sweepQueue(
  archive: Pick<Archive, 'putParked'>,
  queue: QueueReader,
  now: Date,
  hasTime: () => boolean,
): Promise<number> {
  const olderThanEpochMs = now.getTime() - keepOnQueueSeconds * 1000;
  const seen = new Set<string>();
  let moved = 0;
  let emptyAnswers = 0;
  while (emptyAnswers < emptyAnswersThatEnd && hasTime()) {
    const fresh = (await queue.receive(hideForSeconds)).filter(({ messageId }) => !seen.has(messageId));
    emptyAnswers = fresh.length === 0 ? emptyAnswers + 1 : 0;
    for (const message of fresh) {
      seen.add(message.messageId);
      if (message.sentAt.getTime() > olderThanEpochMs) continue;
      await archive.putParked(parkedKey(queue.queueName, message.messageId), parkedJson(queue.queueName, message));
      await queue.remove(message);
      moved += 1;
    }
  }
  return moved;
}
