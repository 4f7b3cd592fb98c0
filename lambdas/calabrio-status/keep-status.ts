import { aliasesOfContact } from '../shared/domain/contact-status.ts';
import { secondsAfter } from '../shared/domain/seconds-after.ts';
import type { ContactInbox, InboxItem } from '../shared/ports/contact-inbox.ts';

/** A status as it lies in the inbox, under whichever of its ids. */
export type KeptStatus = Pick<InboxItem, 'hash' | 'contact' | 'receivedAt' | 'cause'>;

/** How long a status may lead nowhere before somebody is told. */
const unmatchedSeconds = 24 * 3600;

/** Puts the status under each of its ids before anybody looks whom it is about; one appointment for all of them. */
export async function keepStatus(
  has: { readonly inbox: ContactInbox },
  { hash, contact, receivedAt, cause }: KeptStatus,
): Promise<void> {
  const dueAt = secondsAfter(receivedAt, unmatchedSeconds);
  for (const [place, alias] of inboxAliases(contact).entries()) {
    const item = { alias, hash, contact, receivedAt, cause, isMatched: false };
    await has.inbox.putInInbox(place === 0 ? { ...item, dueAt } : item);
  }
}

/** True when the same was received at another time; this very request, delivered again, is none. */
export async function wasReceivedBefore(
  has: { readonly inbox: ContactInbox },
  { hash, contact, receivedAt }: KeptStatus,
): Promise<boolean> {
  const [alias = ''] = inboxAliases(contact);
  const kept = await has.inbox.inboxOf(alias);
  return kept.some((item) => item.hash === hash && item.receivedAt.getTime() !== receivedAt.getTime());
}

/** The status has found what it is about: nobody has to look at it again by himself. */
export async function markMatched(
  has: { readonly inbox: ContactInbox },
  { hash, contact, receivedAt, cause }: KeptStatus,
): Promise<void> {
  for (const alias of inboxAliases(contact))
    await has.inbox.putInInbox({ alias, hash, contact, receivedAt, cause, isMatched: true });
}

/** Every id once; a status without any lies under Calabrio's own number, where people find it. */
function inboxAliases(contact: KeptStatus['contact']): readonly string[] {
  const aliases = [...new Set(aliasesOfContact(contact).map(({ alias }) => alias))];
  return aliases.length === 0 ? [`ccr:${contact.ccrId}`] : aliases;
}
