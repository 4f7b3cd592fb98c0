import type { ReceivedContactStatus } from '../domain/contact-status.ts';

/** A contact status as it waits, or waited, under one of its ids. */
export interface InboxItem extends ReceivedContactStatus {
  readonly alias: string;
  /** The message that brought it, which stays the cause of what is written of it, whoever comes to match it. */
  readonly cause: string;
  /** When it is looked at again if it has led to nothing by then; absent once it has, or once somebody was told. */
  readonly dueAt?: Date;
  /** It led to a recording, or to a task in writing. It stays for `cli calabrio correlate` all the same, until it expires. */
  readonly isMatched: boolean;
}

/**
 * Every contact status that was ever proved, under each of its ids, for 30 days after its receipt.
 *
 * A status is put here before anybody looks whom it is about; whoever makes a new alias looks here afterwards. Both read
 * consistently, so that of the two at least the later one sees the other.
 */
export interface ContactInbox {
  /** Keeps the item under its alias, hash and time of receipt; the same again takes the place of what was there. */
  putInInbox(item: InboxItem): Promise<void>;
  /** What lies under the id, oldest receipt first, read consistently. */
  inboxOf(alias: string): Promise<readonly InboxItem[]>;
  /** What was received on that UTC day (`2026-11-20`), under each of its ids, by receipt. Through an index: it may lag. */
  inboxOfDay(day: string): Promise<readonly InboxItem[]>;
}
