import type { ContactInbox, InboxItem } from '../ports/contact-inbox.ts';
import type { WorkQueues } from '../ports/work-queues.ts';

/**
 * Has the contact statuses that wait under one of these ids matched again. The caller has written the ids into the alias
 * index before: of the two that meet over an id, at least the later one sees the other.
 */
export async function wakeContactStatuses(
  has: { readonly inbox: ContactInbox; readonly queues: WorkQueues },
  aliases: readonly string[],
  cause: string,
  isNews: (item: InboxItem) => boolean,
): Promise<void> {
  const unique = [...new Set(aliases)];
  const waiting = await Promise.all(unique.map((alias) => has.inbox.inboxOf(alias)));
  for (const [place, alias] of unique.entries()) {
    if (waiting[place]?.some(isNews) === true)
      await has.queues.send({ v: 1, route: 'internal/match-contact-status', alias, cause });
  }
}
