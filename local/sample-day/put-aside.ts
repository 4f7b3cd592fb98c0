import type { LocalPipeline } from '../local-pipeline.ts';

/** What lies aside. */
export interface PutAside {
  /** Messages by the name of their dead-letter queue. */
  readonly deadLetters: Readonly<Record<string, number>>;
  /** Messages in quarantine, by the route they came by. */
  readonly quarantined: Readonly<Record<string, number>>;
}

/** How many messages lie in each dead-letter queue, and in quarantine by their route. */
export function putAside({ cloud, aws }: Pick<LocalPipeline, 'cloud' | 'aws'>): PutAside {
  const quarantined: Record<string, number> = {};
  for (const { messageAttributes } of aws.sqs.messages(cloud.queue('quarantine').arn)) {
    const route = messageAttributes['Route']?.stringValue ?? 'unknown';
    quarantined[route] = (quarantined[route] ?? 0) + 1;
  }
  const queues = cloud.queues.filter(({ name }) => name.includes('dead-letter'));
  const deadLetters = queues.map(({ name, arn }) => {
    const { visible, inFlight, delayed } = aws.sqs.depth(arn);
    return [name, visible + inFlight + delayed] as const;
  });
  return { deadLetters: Object.fromEntries(deadLetters), quarantined };
}

/** What came to it after `before`. */
export function putAsideSince(before: PutAside, now: PutAside): PutAside {
  const more = (were: Readonly<Record<string, number>>, are: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(are).map(([name, count]) => [name, count - (were[name] ?? 0)]));
  return {
    deadLetters: more(before.deadLetters, now.deadLetters),
    quarantined: more(before.quarantined, now.quarantined),
  };
}
