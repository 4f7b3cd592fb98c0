import type { ObjectVersion } from '../shared/ports/archive-keeping.ts';
import type { QueueReader } from '../shared/ports/queue-reader.ts';
import type { Mention } from './mentions.ts';
import type { EraseSubjectNeeds } from './needs.ts';

type IsMentioned = (body: string) => Promise<Mention>;

export interface ErasedMessages {
  readonly removed: number;
  /** `queue/message id`, of those that speak of others as well. */
  readonly kept: readonly string[];
}

/** Whoever else looks for a message waits so long for it; in a long look through a full queue it is met again. */
const hideForSeconds = 60;

/** The most that one answer of SQS holds. */
const mostInAnswer = 10;

/** SQS may answer empty from a corner of a queue that is not. */
const emptyAnswersThatEnd = 2;

/** Takes away the messages that were put aside, on queues and in `parked/`, and speak of what is erased. */
export async function eraseMessages(has: EraseSubjectNeeds, isMentioned: IsMentioned): Promise<ErasedMessages> {
  // reconcile moves messages from the queues to the bucket, so the queues come first.
  const onQueues = await Promise.all(has.putAside.map((queue) => eraseOnQueue(queue, isMentioned)));
  const parked = await eraseParked(has, isMentioned);
  const all = [...onQueues, parked];
  return {
    removed: all.reduce((sum, { removed }) => sum + removed, 0),
    kept: all.flatMap(({ kept }) => kept),
  };
}

/**
 * Until the queue is empty, or nothing new came in as many answers as would hold all that was met: of a full queue the
 * first messages come to light again before the last have been met.
 */
async function eraseOnQueue(queue: QueueReader, isMentioned: IsMentioned): Promise<ErasedMessages> {
  const seen = new Set<string>();
  const kept: string[] = [];
  let removed = 0;
  let emptyAnswers = 0;
  let staleAnswers = 0;
  while (emptyAnswers < emptyAnswersThatEnd && staleAnswers <= emptyAnswersThatEnd + seen.size / mostInAnswer) {
    const answer = await queue.receive(hideForSeconds);
    const fresh = answer.filter(({ messageId }) => !seen.has(messageId));
    emptyAnswers = answer.length === 0 ? emptyAnswers + 1 : 0;
    staleAnswers = fresh.length === 0 ? staleAnswers + 1 : 0;
    for (const message of fresh) {
      seen.add(message.messageId);
      const mention = await isMentioned(message.body);
      if (mention === 'some') kept.push(`${queue.queueName}/${message.messageId}`);
      if (mention !== 'all') continue;
      await queue.remove(message);
      removed += 1;
    }
  }
  return { removed, kept };
}

/** Every version: one under another, or under a delete marker, is a copy as good as the first. */
async function eraseParked(has: EraseSubjectNeeds, isMentioned: IsMentioned): Promise<ErasedMessages> {
  const versions = await has.eraser.versions('parked/');
  const kept = new Set<string>();
  const emptied = new Set<string>();
  for (const { key, versionId } of versions.filter(({ kind }) => kind === 'version')) {
    const text = await has.eraser.readText(key, versionId);
    const mention = text === undefined ? 'none' : await isMentioned(text);
    if (mention === 'some') kept.add(key.replace(/^parked\//, '').replace(/\.json$/, ''));
    if (mention !== 'all') continue;
    await has.eraser.erase(key, versionId, { opensGovernance: false });
    emptied.add(key);
  }
  for (const { key, versionId } of markersOver(versions, emptied))
    await has.eraser.erase(key, versionId, { opensGovernance: false });
  return { removed: emptied.size, kept: [...kept] };
}

function markersOver(versions: readonly ObjectVersion[], keys: ReadonlySet<string>): readonly ObjectVersion[] {
  return versions.filter(({ kind, key }) => kind === 'delete-marker' && keys.has(key));
}
